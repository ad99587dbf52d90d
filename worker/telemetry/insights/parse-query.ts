import type { BinaryOperator, Column, Command, Expression, Place } from './query.ts';
import { QueryError } from './query-error.ts';
import { type Token, tokenize } from './tokenize.ts';

const unsupported: ReadonlySet<string> = new Set(
  (
    'unnest expand pattern diff anomaly logcompare unmask filterindex source lookup join addtotals accum autoregress ' +
    'filldown fillmissing outlier sessionize countfrequent appendcols relevantfields'
  ).split(' '),
);
/** From loosest to tightest; operators of a level bind to the left. */
const logicalLevels: Levels = [['or'], ['and']];
const arithmeticLevels: Levels = [['+', '-'], ['*', '/', '%'], ['^']];
const comparisons: readonly BinaryOperator[] = ['=', '!=', '<=', '>=', '<', '>'];
const deepest = 100;

type Levels = readonly (readonly BinaryOperator[])[];

/**
 * Reads a query of CloudWatch Logs Insights.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 * @throws QueryError
 */
export function parseQuery(text: string): Command[] {
  return new QueryParser(text).parse();
}

class QueryParser {
  readonly #text: string;
  readonly #tokens: Token[];
  #position = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  parse(): Command[] {
    const commands: Command[] = [];
    this.#take('|');
    do commands.push(this.#command());
    while (this.#take('|'));
    if (this.#peek().kind !== 'end') throw this.#unexpected();
    return commands;
  }

  #command(): Command {
    const token = this.#peek();
    const name = token.kind === 'name' ? token.text.toLowerCase() : '';
    this.#position += 1;
    const command = this.#commandNamed(name, token);
    return { ...command, start: token.start, end: this.#before().end };
  }

  #commandNamed(name: string, token: Token): Command {
    switch (name) {
      case 'fields':
      case 'display':
        return { kind: name, columns: this.#columns(), ...at(token) };
      case 'filter':
      case 'where':
        return { kind: 'filter', condition: this.#expression(), ...at(token) };
      case 'stats': {
        const aggregates = this.#columns();
        return { kind: 'stats', aggregates, by: this.#takeWord('by') ? this.#columns() : [], ...at(token) };
      }
      case 'sort':
      case 'order':
        this.#takeWord('by');
        return { kind: 'sort', keys: this.#listOf(() => this.#sortKey()), ...at(token) };
      case 'limit':
      case 'head':
        return { kind: 'limit', count: this.#count(), ...at(token) };
      case 'dedup':
        return { kind: 'dedup', fields: this.#listOf(() => this.#expression()), ...at(token) };
      case 'parse':
        return { ...this.#parseCommand(), ...at(token) };
    }
    if (unsupported.has(name)) {
      throw new QueryError(`Hearth does not support the command ${token.text} yet`, token.start, token.end);
    }
    this.#position -= 1;
    throw this.#unexpected('a command (fields, filter, stats, sort, limit, parse, display, dedup)');
  }

  #parseCommand(): Extract<Command, { kind: 'parse' }> {
    const first = this.#peek();
    const source: Expression =
      first.kind === 'string' ? { kind: 'field', name: '@message', ...at(first) } : this.#field(this.#next());
    const pattern = this.#next();
    if (pattern.kind === 'regex') {
      return {
        kind: 'parse',
        source,
        pattern: { kind: 'regex', text: pattern.text, ...at(pattern) },
        names: [],
        ...at(first),
      };
    }
    if (pattern.kind !== 'string') {
      this.#position -= 1;
      throw this.#unexpected('a pattern in quotes or a regular expression');
    }
    if (!this.#takeWord('as')) throw this.#unexpected('as');
    const names = this.#listOf(() => this.#name());
    return {
      kind: 'parse',
      source,
      pattern: { kind: 'glob', text: pattern.text, ...at(pattern) },
      names,
      ...at(first),
    };
  }

  #columns(): Column[] {
    return this.#listOf(() => {
      const expression = this.#expression();
      const name = this.#takeWord('as') ? this.#name() : this.#nameOf(expression);
      return { expression, name };
    });
  }

  #nameOf(expression: Expression): string {
    return expression.kind === 'field' ? expression.name : this.#text.slice(expression.start, expression.end);
  }

  #sortKey(): { expression: Expression; descending: boolean } {
    const expression = this.#expression();
    const descending = this.#takeWord('desc');
    if (!descending) this.#takeWord('asc');
    return { expression, descending };
  }

  #count(): number {
    const token = this.#next();
    const count = Number(token.text);
    if (token.kind === 'number' && Number.isInteger(count) && count >= 1 && count <= 100_000) return count;
    throw new QueryError('a number from 1 to 100000 is expected', token.start, token.end);
  }

  #expression(): Expression {
    return this.#operands(logicalLevels, () => this.#comparison());
  }

  /** `not` and the comparisons stand between `and` and the sums. */
  #comparison(): Expression {
    const token = this.#peek();
    if (this.#takeWord('not')) {
      const operand = this.#nested(() => this.#comparison());
      return { kind: 'unary', operator: 'not', operand, start: token.start, end: operand.end };
    }
    const left = this.#sum();
    const operator = comparisons.find((candidate) => this.#take(candidate));
    if (operator) return this.#binary(operator, left, this.#sum());
    if (this.#take('=~')) return this.#binary('like', left, this.#pattern());
    const negated = this.#takeWord('not');
    const compared = this.#takeWord('like')
      ? this.#binary('like', left, this.#pattern())
      : this.#takeWord('in')
        ? this.#binary('in', left, this.#list())
        : undefined;
    if (!compared) {
      if (negated) throw this.#unexpected('like or in');
      return left;
    }
    const { start, end } = compared;
    return negated ? { kind: 'unary', operator: 'not', operand: compared, start, end } : compared;
  }

  #sum(): Expression {
    return this.#operands(arithmeticLevels, () => this.#unary());
  }

  #operands([operators, ...tighter]: Levels, parseOperand: () => Expression): Expression {
    if (!operators) return parseOperand();
    let left = this.#operands(tighter, parseOperand);
    for (;;) {
      const operator = operators.find((candidate) => this.#takeOperator(candidate));
      if (!operator) return left;
      left = this.#binary(operator, left, this.#operands(tighter, parseOperand));
    }
  }

  #binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
    return { kind: 'binary', operator, left, right, start: left.start, end: right.end };
  }

  #pattern(): Expression {
    const token = this.#next();
    if (token.kind === 'regex') return { kind: 'regex', source: token.text, ...at(token) };
    if (token.kind === 'string') return { kind: 'text', value: token.text, ...at(token) };
    this.#position -= 1;
    throw this.#unexpected('a text in quotes or a regular expression');
  }

  #list(): Expression {
    const { start } = this.#peek();
    this.#expect('[');
    const items = this.#listOf(() => this.#expression());
    this.#expect(']');
    return { kind: 'list', items, start, end: this.#before().end };
  }

  #unary(): Expression {
    const token = this.#peek();
    if (this.#take('-')) {
      const operand = this.#nested(() => this.#unary());
      return { kind: 'unary', operator: '-', operand, start: token.start, end: operand.end };
    }
    return this.#primary();
  }

  #primary(): Expression {
    const token = this.#next();
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(token.text), ...at(token) };
      case 'duration': {
        const [, count, unit = ''] = /^(\d+)(\w+)$/.exec(token.text) ?? [];
        return { kind: 'duration', count: Number(count), unit, ...at(token) };
      }
      case 'string':
        return { kind: 'text', value: token.text, ...at(token) };
      case 'name':
        if (this.#take('(')) return this.#call(token);
        return this.#field(token);
      case 'quoted-name':
        return this.#field(token);
    }
    if (token.text === '*') return { kind: 'star', ...at(token) };
    if (token.text === '(') {
      const inner = this.#nested(() => this.#expression());
      this.#expect(')');
      return { ...inner, start: token.start, end: this.#before().end };
    }
    this.#position -= 1;
    throw this.#unexpected('a field or a value');
  }

  #call(token: Token): Expression {
    const arguments_: Expression[] = [];
    if (!this.#take(')')) {
      arguments_.push(...this.#nested(() => this.#listOf(() => this.#expression())));
      this.#expect(')');
    }
    return {
      kind: 'call',
      name: token.text,
      arguments: arguments_,
      start: token.start,
      end: this.#before().end,
    };
  }

  /** `a.b`, `a.0`, `` a.`b c` `` and `a[1]` are paths into JSON. */
  #field(token: Token): Expression {
    if (token.kind !== 'name' && token.kind !== 'quoted-name') {
      this.#position -= 1;
      throw this.#unexpected('a field');
    }
    let name = token.text;
    for (;;) {
      if (this.#take('.')) name += `.${this.#next().text}`;
      else if (this.#peek().text === '[' && this.#tokens[this.#position + 1]?.kind === 'number') {
        this.#position += 1;
        name += `.${this.#next().text}`;
        this.#expect(']');
      } else return { kind: 'field', name, start: token.start, end: this.#before().end };
    }
  }

  #name(): string {
    const token = this.#next();
    if (token.kind === 'name' || token.kind === 'quoted-name') return token.text;
    this.#position -= 1;
    throw this.#unexpected('a name');
  }

  #listOf<T>(parse: () => T): T[] {
    const items = [parse()];
    while (this.#take(',')) items.push(parse());
    return items;
  }

  #nested<T>(parse: () => T): T {
    this.#depth += 1;
    if (this.#depth > deepest)
      throw new QueryError('the query is nested too deeply', this.#peek().start, this.#peek().end);
    const result = parse();
    this.#depth -= 1;
    return result;
  }

  #takeOperator(operator: BinaryOperator): boolean {
    return /^\w/.test(operator) ? this.#takeWord(operator) : this.#take(operator);
  }

  #take(symbol: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'symbol' || token.text !== symbol) return false;
    this.#position += 1;
    return true;
  }

  #takeWord(word: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'name' || token.text.toLowerCase() !== word) return false;
    this.#position += 1;
    return true;
  }

  #expect(symbol: string): void {
    if (!this.#take(symbol)) throw this.#unexpected(symbol);
  }

  #peek(): Token {
    return this.#tokens[this.#position] ?? endToken;
  }

  #next(): Token {
    const token = this.#peek();
    this.#position += 1;
    return token;
  }

  #before(): Token {
    return this.#tokens[this.#position - 1] ?? endToken;
  }

  #unexpected(expected?: string): QueryError {
    const { kind, text, start, end } = this.#peek();
    const found = kind === 'end' ? 'the end of the query' : `'${text}'`;
    return new QueryError(`unexpected ${found}${expected ? `, expected ${expected}` : ''}`, start, end);
  }
}

const endToken: Token = { kind: 'end', text: '', start: 0, end: 0 };

function at({ start, end }: Place): Place {
  return { start, end };
}
