import { QueryError } from './query-error.ts';

type TokenKind = 'name' | 'quoted-name' | 'number' | 'duration' | 'string' | 'regex' | 'symbol' | 'end';

export interface Token {
  kind: TokenKind;
  /** A name or symbol as written, a string or regular expression without its quotes. */
  text: string;
  start: number;
  end: number;
}

const symbols = [
  '=~',
  '!=',
  '<=',
  '>=',
  '=',
  '<',
  '>',
  '+',
  '-',
  '*',
  '/',
  '^',
  '%',
  '(',
  ')',
  '[',
  ']',
  ',',
  '|',
  '.',
];
const space = /(?:\s|#[^\n]*(?:\n|$))+/y;
const name = /@?[A-Za-z_][\w]*(?:\.[A-Za-z_@]\w*)*/y;
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const duration = /\d+(?:ms|mo|[smhdwqy])\b/y;

/**
 * Cuts a query of Logs Insights into tokens. A slash begins a regular expression where a value is expected after
 * `like`, `=~` or `parse`, else it divides.
 * @throws QueryError for what no token begins with, and for quotes that nothing ends.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  const match = (expression: RegExp): string | undefined => {
    expression.lastIndex = position;
    return expression.exec(text)?.[0];
  };
  const push = (kind: TokenKind, length: number, value: string) => {
    tokens.push({ kind, text: value, start: position, end: position + length });
    position += length;
  };
  while (position < text.length) {
    const skipped = match(space);
    if (skipped) {
      position += skipped.length;
      continue;
    }
    const character = text[position] ?? '';
    const word = match(name);
    if (word) push('name', word.length, word);
    else if (/\d/.test(character)) {
      const time = match(duration);
      const digits = time ?? match(number) ?? character;
      push(time ? 'duration' : 'number', digits.length, digits);
    } else if (character === '"' || character === "'") {
      const [value, length] = readQuoted(text, position, character);
      push('string', length, value);
    } else if (character === '`') {
      const [value, length] = readQuoted(text, position, character);
      push('quoted-name', length, value);
    } else if (character === '/' && expectsRegex(tokens)) {
      const [value, length] = readRegex(text, position);
      push('regex', length, value);
    } else {
      const symbol = symbols.find((candidate) => text.startsWith(candidate, position));
      if (!symbol) throw new QueryError(`unexpected symbol ${character}`, position, position + 1);
      push('symbol', symbol.length, symbol);
    }
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return tokens;
}

function expectsRegex(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  if (!last) return false;
  if (last.text === '=~' || /^like$/i.test(last.text)) return true;
  // parse FIELD /…/
  return last.kind !== 'symbol' && /^parse$/i.test(tokens.at(-2)?.text ?? '');
}

function readQuoted(text: string, start: number, quote: string): [value: string, length: number] {
  let value = '';
  for (let position = start + 1; position < text.length; position += 1) {
    const character = text[position] ?? '';
    if (character === quote) return [value, position + 1 - start];
    const next = text[position + 1] ?? '';
    if (character === '\\' && (next === quote || next === '\\')) {
      value += next;
      position += 1;
    } else value += character;
  }
  throw new QueryError('a quote that nothing ends', start, text.length);
}

function readRegex(text: string, start: number): [source: string, length: number] {
  let source = '';
  for (let position = start + 1; position < text.length; position += 1) {
    const character = text[position] ?? '';
    if (character === '/') return [source, position + 1 - start];
    if (character === '\\' && text[position + 1] === '/') continue;
    source += character;
    if (character === '\\') {
      source += text[position + 1] ?? '';
      position += 1;
    }
  }
  throw new QueryError('a regular expression that nothing ends', start, text.length);
}
