import { type ComparisonOperator, FilterPatternError, type Matcher, type Value } from './filter-pattern.ts';

/** AWS's subset: no groups, nothing beyond ASCII. */
const regexCharacters =
  /^(?:[A-Za-z0-9:_#=@/;,\-^$?[\]{}|*+. ]|\\[dDsSwW]|\\x[0-9a-fA-F]{2}|\\[^A-Za-z0-9\s])*$/;
const maxRegexes = 2;
const operators: readonly ComparisonOperator[] = ['!=', '<=', '>=', '=', '<', '>'];

/** Reads the parts that all kinds of filter patterns share. */
export class PatternScanner {
  readonly #text: string;
  position = 0;
  #regexes = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.position >= this.#text.length;
  }

  skipSpace(): void {
    while (/\s/.test(this.peek())) this.position += 1;
  }

  /** The next character; empty at the end. */
  peek(): string {
    return this.#text[this.position] ?? '';
  }

  /** Takes a text when it comes next. */
  take(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.position)) return false;
    this.position += expected.length;
    return true;
  }

  /** Takes a word of capitals when it comes next, whole. */
  takeKeyword(word: string): boolean {
    const end = this.position + word.length;
    if (!this.#text.startsWith(word, this.position) || /\w/.test(this.#text[end] ?? '')) return false;
    this.position = end;
    return true;
  }

  expect(expected: string): void {
    if (!this.take(expected)) throw this.error(`'${expected}' is expected`);
  }

  /** Takes the longest text of which every character fits. */
  takeWhile(fits: RegExp): string {
    const start = this.position;
    while (!this.atEnd && fits.test(this.peek())) this.position += 1;
    return this.#text.slice(start, this.position);
  }

  /** `"…"`, in which a backslash keeps the next character from having a meaning. */
  quoted(): string {
    const quote = this.peek();
    const start = this.position;
    this.position += 1;
    let text = '';
    while (!this.take(quote)) {
      if (this.atEnd) throw new FilterPatternError('a quote that nothing ends', start);
      if (this.take('\\') && this.atEnd) continue;
      text += this.peek();
      this.position += 1;
    }
    return text;
  }

  /** `%…%`. */
  regex(): Matcher {
    const start = this.position;
    this.expect('%');
    const end = this.#text.indexOf('%', this.position);
    if (end < 0) throw new FilterPatternError('a regular expression that nothing ends', start);
    const source = this.#text.slice(this.position, end);
    this.#regexes += 1;
    if (this.#regexes > maxRegexes) throw new FilterPatternError('more than 2 regular expressions', start);
    if (source === '' || !regexCharacters.test(source) || !compiles(source)) {
      throw new FilterPatternError('a regular expression that is not supported', start);
    }
    this.position = end + 1;
    return { kind: 'regex', source };
  }

  /** @throws FilterPatternError when no operator comes next. */
  operator(): ComparisonOperator {
    const operator = operators.find((candidate) => this.take(candidate));
    if (!operator) throw this.error('a comparison is expected');
    return operator;
  }

  /** What follows an operator. `bare` are the characters that a value may have without quotes. */
  value(operator: ComparisonOperator, bare: RegExp): Value {
    const start = this.position;
    const value = this.#value(bare);
    if (operator !== '=' && operator !== '!=' && value.kind !== 'number') {
      throw new FilterPatternError(`'${operator}' needs a number`, start);
    }
    return value;
  }

  error(problem: string): FilterPatternError {
    return new FilterPatternError(problem, this.position);
  }

  #value(bare: RegExp): Value {
    if (this.peek() === '"') return { kind: 'text', text: this.quoted() };
    if (this.peek() === '%') return this.regex();
    const text = this.takeWhile(bare);
    if (text === '') throw this.error('a value is expected');
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text))
      return { kind: 'number', value: Number(text), text };
    return { kind: 'text', text };
  }
}

function compiles(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}
