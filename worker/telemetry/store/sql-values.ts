import type { DuckDBValue } from '@duckdb/node-api';

/** The values of a statement under construction: text of clients reaches SQL through here only. */
export class SqlValues {
  readonly list: DuckDBValue[] = [];

  /** @returns the parameter, `$1` …, that stands for the value. */
  add(value: DuckDBValue): string {
    return `$${this.list.push(value)}`;
  }
}

/** A text as an SQL literal, for the few places where DuckDB takes no parameter. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
