import { type SqlValues, sqlText } from '../store/sql-values.ts';
import {
  asBoolean,
  asText,
  compileExpression,
  type Scope,
  type Sql,
  type SqlType,
} from './compile-expression.ts';
import { functions } from './functions.ts';
import { discoveredFields } from './lambda-fields.ts';
import type { Column, Command, Expression } from './query.ts';
import { QueryError } from './query-error.ts';

/** An SQL statement and what its columns are called. */
export interface CompiledQuery {
  sql: string;
  columns: { name: string; type: SqlType }[];
}

export interface QueryContext {
  values: SqlValues;
  /** Rows of `ts`, `seq`, `ingested`, `message`, `stream` and `log`. */
  source: string;
  /** Milliseconds since the epoch. */
  now: number;
  startTime: number;
  endTime: number;
  limit: number;
}

const maxColumns = 100;

/**
 * A query of Logs Insights as one SELECT: each command wraps what came before it.
 * @throws QueryError
 */
export function compileQuery(commands: readonly Command[], context: QueryContext): CompiledQuery {
  const compiler = new QueryCompiler(context);
  for (const command of commands) compiler.add(command);
  return compiler.finish();
}

class QueryCompiler {
  readonly #context: QueryContext;
  #sql: string;
  /** Fields that commands made: the column that holds each. */
  #made = new Map<string, Sql>();
  #columnCount = 0;
  /** What is shown; unset until a command says so. */
  #shown: string[] | undefined;
  #displayed = false;
  #order: string | undefined = 'ts DESC, seq DESC';
  #limit: number;
  /** After `stats` there are no events any more. */
  #isGrouped = false;

  constructor(context: QueryContext) {
    this.#context = context;
    this.#limit = context.limit;
    // The first JSON object of an event.
    const document = `CASE WHEN json_valid(message) THEN message WHEN json_valid(regexp_extract(message, '\\{.*\\}', 0, 's')) THEN regexp_extract(message, '\\{.*\\}', 0, 's') END`;
    this.#sql = `SELECT *, ${document} AS document FROM (${context.source})`;
  }

  add(command: Command): void {
    switch (command.kind) {
      case 'fields':
        this.#fields(command.columns);
        return;
      case 'display':
        this.#displayed = true;
        this.#shown = command.columns.map((column) => this.#define(column));
        return;
      case 'filter':
        this.#wrap(`WHERE ${asBoolean(this.#compile(command.condition))}`);
        return;
      case 'stats':
        this.#stats(command.aggregates, command.by);
        return;
      case 'sort':
        this.#order = command.keys.map((key) => this.#sortKey(key.expression, key.descending)).join(', ');
        return;
      case 'limit':
        // What comes after a limit sees no more than it let through.
        if (this.#order) this.#wrap(`ORDER BY ${this.#order} LIMIT ${command.count}`);
        else this.#wrap(`LIMIT ${command.count}`);
        this.#limit = command.count;
        return;
      case 'dedup':
        this.#dedup(command.fields);
        return;
      case 'parse':
        this.#parse(command);
        return;
    }
  }

  finish(): CompiledQuery {
    const names = this.#shown ?? ['@timestamp', '@message'];
    const withPointer = this.#isGrouped || names.includes('@ptr') ? names : [...names, '@ptr'];
    const columns = [...new Set(withPointer)].map((name) => ({ name, ...this.#field(name) }));
    const select = columns.map(({ sql }, index) => `${sql} AS r${index}`).join();
    const order = this.#order ? `ORDER BY ${this.#order}` : '';
    return {
      sql: `SELECT ${select} FROM (${this.#sql}) ${order} LIMIT ${this.#limit}`,
      columns: columns.map(({ name, type }) => ({ name, type })),
    };
  }

  #fields(columns: readonly Column[]): void {
    const names = columns.map((column) => this.#define(column));
    if (!this.#displayed) this.#shown = [...(this.#shown ?? []), ...names];
  }

  /** Makes a column of what is more than a field. @returns the name it goes by. */
  #define({ expression, name }: Column): string {
    if (expression.kind === 'field' && expression.name === name) return name;
    const compiled = this.#compile(expression);
    const column = this.#newColumn(expression);
    this.#sql = `SELECT *, ${compiled.sql} AS ${column} FROM (${this.#sql})`;
    this.#made.set(name, { sql: column, type: compiled.type });
    return name;
  }

  #stats(aggregates: readonly Column[], by: readonly Column[]): void {
    const groups = by.map((column) => ({ ...column, compiled: this.#compile(column.expression) }));
    const figures = aggregates.map((column) => ({
      ...column,
      compiled: this.#compile(column.expression, true),
    }));
    const made = new Map<string, Sql>();
    const select = [...groups, ...figures].map(({ compiled, expression, name }) => {
      const column = this.#newColumn(expression);
      made.set(name, { sql: column, type: compiled.type });
      return `${compiled.sql} AS ${column}`;
    });
    const groupBy = groups.length > 0 ? `GROUP BY ${groups.map((_, index) => index + 1).join()}` : '';
    this.#sql = `SELECT ${select.join()} FROM (${this.#sql}) ${groupBy}`;
    this.#made = made;
    this.#isGrouped = true;
    this.#shown = [...groups, ...figures].map(({ name }) => name);
    this.#order = undefined;
  }

  #dedup(fields: readonly Expression[]): void {
    const keys = fields.map((field) => asText(this.#compile(field)));
    const order = this.#order ? `ORDER BY ${this.#order}` : '';
    this.#wrap(`QUALIFY row_number() OVER (PARTITION BY ${keys.join()} ${order}) = 1`);
  }

  #parse({ source, pattern, names, start, end }: Extract<Command, { kind: 'parse' }>): void {
    const text = asText(this.#compile(source));
    const { regex, groups } =
      pattern.kind === 'glob' ? globRegex(pattern.text, names) : namedGroups(pattern.text);
    if (groups.length === 0 || groups.length !== (names.length || groups.length)) {
      throw new QueryError('the pattern has not as many parts as there are names', start, end);
    }
    const parameter = `${this.#context.values.add(regex)}::VARCHAR`;
    const columns = groups.map(({ name, index }) => {
      const column = this.#newColumn(source);
      this.#made.set(name, { sql: column, type: 'any' });
      return `CASE WHEN regexp_matches(${text}, ${parameter}, 's') THEN regexp_extract(${text}, ${sqlText(regex)}, ${index}, 's') END AS ${column}`;
    });
    this.#sql = `SELECT *, ${columns.join()} FROM (${this.#sql})`;
    if (!this.#displayed && this.#shown) this.#shown = [...this.#shown, ...groups.map(({ name }) => name)];
  }

  #sortKey(expression: Expression, descending: boolean): string {
    const compiled = this.#compile(expression);
    const direction = `${descending ? 'DESC' : 'ASC'} NULLS LAST`;
    // Text that looks like numbers is sorted as numbers, before the rest.
    if (compiled.type === 'any')
      return `TRY_CAST(${compiled.sql} AS DOUBLE) ${direction}, ${compiled.sql} ${direction}`;
    return `${compiled.sql} ${direction}`;
  }

  #wrap(clause: string): void {
    this.#sql = `SELECT * FROM (${this.#sql}) ${clause}`;
  }

  #newColumn({ start, end }: Expression): string {
    this.#columnCount += 1;
    if (this.#columnCount > maxColumns) throw new QueryError('the query has too many columns', start, end);
    return `c${this.#columnCount}`;
  }

  #compile(expression: Expression, aggregates = false): Sql {
    const { values, now, startTime, endTime } = this.#context;
    const scope: Scope = {
      functions,
      values,
      now,
      startTime,
      endTime,
      aggregates,
      field: (name) => this.#field(name),
    };
    return compileExpression(expression, scope);
  }

  #field(name: string): Sql {
    const made = this.#made.get(name);
    if (made) return made;
    if (this.#isGrouped) return { sql: 'NULL::VARCHAR', type: 'any' };
    const discovered = discoveredFields.get(name);
    if (discovered) return discovered;
    const path = `$${name
      .split('.')
      .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `."${step.replaceAll('"', '')}"`))
      .join('')}`;
    return { sql: `json_extract_string(document, ${sqlText(path)})`, type: 'any' };
  }
}

/** `[*] *` as a regular expression with a group for each star. */
function globRegex(
  glob: string,
  names: readonly string[],
): { regex: string; groups: { name: string; index: number }[] } {
  const parts = glob.split('*').map((part) => part.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&'));
  const last = parts.length - 2;
  const regex = parts.reduce(
    (sum, part, index) => `${sum}${index - 1 === last && part === '' ? '(.*)' : '(.*?)'}${part}`,
  );
  return {
    regex,
    groups: parts.slice(1).map((_, index) => ({ name: names[index] ?? '', index: index + 1 })),
  };
}

/** A regular expression as RE2 writes it, and its named groups by their numbers. */
function namedGroups(source: string): { regex: string; groups: { name: string; index: number }[] } {
  const groups: { name: string; index: number }[] = [];
  let index = 0;
  // Past escapes and classes, in which a parenthesis opens nothing.
  for (const [part, name] of source.matchAll(/\\.|\[(?:\\.|[^\]])*\]|\((?!\?)|\(\?P?<(\w+)>/g)) {
    if (!part.startsWith('(')) continue;
    index += 1;
    if (name !== undefined) groups.push({ name, index });
  }
  return { regex: source.replace(/\(\?<(?=\w)/g, '(?P<'), groups };
}
