import type { FilterPattern, Matcher } from './filter-pattern.ts';
import { parseFields } from './parse-fields.ts';
import { parseJsonCondition } from './parse-json-condition.ts';
import { PatternScanner } from './pattern-scanner.ts';

/**
 * Reads a filter pattern of CloudWatch Logs: terms, `{ JSON selectors }` or `[space-delimited fields]`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws FilterPatternError
 */
export function parseFilterPattern(text: string): FilterPattern {
  const scanner = new PatternScanner(text);
  scanner.skipSpace();
  const pattern = parsePattern(scanner);
  scanner.skipSpace();
  if (!scanner.atEnd) throw scanner.error('nothing is expected');
  return pattern;
}

function parsePattern(scanner: PatternScanner): FilterPattern {
  if (scanner.take('{')) {
    const condition = parseJsonCondition(scanner);
    scanner.expect('}');
    return { kind: 'json', condition };
  }
  if (scanner.take('[')) return parseFields(scanner);
  return parseTerms(scanner);
}

function parseTerms(scanner: PatternScanner): FilterPattern {
  const every: Matcher[] = [];
  const some: Matcher[] = [];
  const none: Matcher[] = [];
  while (!scanner.atEnd) {
    const terms = scanner.take('?') ? some : scanner.take('-') ? none : every;
    const term = parseTerm(scanner);
    if (term.kind === 'regex' || term.text !== '') terms.push(term);
    scanner.skipSpace();
  }
  // AWS ignores the optional terms where others stand beside them.
  const optional = every.length + none.length > 0 ? [] : some;
  if (every.length + optional.length + none.length === 0) return { kind: 'all' };
  return { kind: 'terms', every, some: optional, none };
}

function parseTerm(scanner: PatternScanner): Matcher {
  if (scanner.peek() === '"') return { kind: 'text', text: scanner.quoted() };
  if (scanner.peek() === '%') return scanner.regex();
  const text = scanner.takeWhile(/[^\s"%]/);
  if (text === '' || !/^\w+$/u.test(text)) {
    // Letters of every script are fine; of other characters AWS wants quotes.
    if (!/^[\p{L}\p{N}_.:/@#=;,*$!&|<>+~^'-]+$/u.test(text)) throw scanner.error('a term is expected');
  }
  return { kind: 'text', text };
}
