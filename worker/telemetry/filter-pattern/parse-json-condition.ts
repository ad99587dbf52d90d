import type { JsonCondition, Selector, SelectorStep } from './filter-pattern.ts';
import type { PatternScanner } from './pattern-scanner.ts';

const maxWildcards = 3;
const bareValue = /[^\s"%(){}&|=!<>]/;
const memberName = /[^\s.[\](){}=!<>&|"'*,]/;

/** What stands between the braces of a JSON pattern. `&&` binds more tightly than `||`. */
export function parseJsonCondition(scanner: PatternScanner): JsonCondition {
  const wildcards = { left: maxWildcards };
  return parseOr(scanner, wildcards);
}

interface Wildcards {
  left: number;
}

function parseOr(scanner: PatternScanner, wildcards: Wildcards): JsonCondition {
  return parseOperands(scanner, 'or', '||', () =>
    parseOperands(scanner, 'and', '&&', () => parsePrimary(scanner, wildcards)),
  );
}

function parseOperands(
  scanner: PatternScanner,
  kind: 'and' | 'or',
  operator: string,
  parseOperand: () => JsonCondition,
): JsonCondition {
  const first = parseOperand();
  const operands = [first];
  for (scanner.skipSpace(); scanner.take(operator); scanner.skipSpace()) operands.push(parseOperand());
  return operands.length === 1 ? first : { kind, operands };
}

function parsePrimary(scanner: PatternScanner, wildcards: Wildcards): JsonCondition {
  scanner.skipSpace();
  if (scanner.take('(')) {
    const condition = parseOr(scanner, wildcards);
    scanner.expect(')');
    return condition;
  }
  const selector = parseSelector(scanner, wildcards);
  scanner.skipSpace();
  if (scanner.takeKeyword('NOT')) {
    scanner.skipSpace();
    if (!scanner.takeKeyword('EXISTS')) throw scanner.error("'EXISTS' is expected");
    return { kind: 'property', selector, test: { kind: 'not-exists' } };
  }
  if (scanner.takeKeyword('IS')) {
    scanner.skipSpace();
    const what = (['NULL', 'TRUE', 'FALSE'] as const).find((word) => scanner.takeKeyword(word));
    if (!what) throw scanner.error("'NULL', 'TRUE' or 'FALSE' is expected");
    return { kind: 'property', selector, test: { kind: 'is', what } };
  }
  const operator = scanner.operator();
  scanner.skipSpace();
  const value = scanner.value(operator, bareValue);
  return { kind: 'property', selector, test: { kind: 'compare', operator, value } };
}

function parseSelector(scanner: PatternScanner, wildcards: Wildcards): Selector {
  scanner.expect('$');
  const start = scanner.position;
  const steps: SelectorStep[] = [];
  for (;;) {
    if (scanner.take('.')) {
      // `$.['x.y']` is another way to write `$['x.y']`.
      if (scanner.peek() !== '[') steps.push(parseMember(scanner));
    } else if (scanner.take('[')) steps.push(parseBracket(scanner));
    else break;
  }
  if (steps.length === 0) throw scanner.error('a property is expected');
  const used = steps.filter((step) => step === 'every-element' || step === 'every-member').length;
  wildcards.left -= used;
  if (used > 1 || wildcards.left < 0) {
    scanner.position = start;
    throw scanner.error('one wildcard in a selector and three in a pattern are allowed: too many');
  }
  return steps;
}

function parseMember(scanner: PatternScanner): SelectorStep {
  if (scanner.take('*')) return 'every-member';
  const member = scanner.takeWhile(memberName);
  if (member === '') throw scanner.error('the name of a property is expected');
  return { member };
}

function parseBracket(scanner: PatternScanner): SelectorStep {
  const step = parseBracketContent(scanner);
  scanner.expect(']');
  return step;
}

function parseBracketContent(scanner: PatternScanner): SelectorStep {
  if (scanner.take('*')) return 'every-element';
  if (/['"]/.test(scanner.peek())) {
    const member = scanner.quoted();
    if (member === '' || member.includes('"'))
      throw scanner.error('this name of a property is not supported');
    return { member };
  }
  const digits = scanner.takeWhile(/\d/);
  if (digits === '' || digits.length > 9) throw scanner.error('an index is expected');
  return { index: Number(digits) };
}
