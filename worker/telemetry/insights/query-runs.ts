import { randomUUID } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Scope } from '../operations.ts';
import type { Database } from '../store/database.ts';
import type { SqlValues } from '../store/sql-values.ts';
import type { CompiledQuery } from './compile-query.ts';
import { formatCell } from './format-cell.ts';

export type QueryStatus = 'Running' | 'Complete' | 'Failed' | 'Cancelled' | 'Timeout';

/** A query that was started, and what came of it. */
export interface QueryRun {
  id: string;
  scope: Scope;
  queryString: string;
  logGroupNames: string[];
  status: QueryStatus;
  /** Milliseconds since the epoch. */
  createdAt: number;
  results: { field: string; value: string }[][];
  recordsScanned: number;
}

const mostRuns = 50;
const mostRunning = 4;
const longestMilliseconds = 60_000;
const mostResultBytes = 16 * 1_048_576;

/** The queries that were started lately. Each is bounded in time and in the size of its answer. */
export class QueryRuns {
  readonly #database: Database;
  readonly #runs = new Map<string, QueryRun>();
  readonly #connections = new Map<string, DuckDBConnection>();

  constructor(database: Database) {
    this.#database = database;
  }

  get isFull(): boolean {
    return this.#connections.size >= mostRunning;
  }

  /**
   * Begins to run a statement.
   * @throws Error when the database does not take it.
   */
  async start(
    facts: Pick<QueryRun, 'scope' | 'queryString' | 'logGroupNames' | 'createdAt'>,
    query: CompiledQuery,
    values: SqlValues,
    countSql: string,
  ): Promise<QueryRun> {
    const connection = await this.#database.connect();
    try {
      const statement = await connection.prepare(query.sql);
      statement.bind(values.list);
      const run: QueryRun = { ...facts, id: randomUUID(), status: 'Running', results: [], recordsScanned: 0 };
      this.#runs.set(run.id, run);
      this.#connections.set(run.id, connection);
      this.#forgetOldest();
      const timer = setTimeout(() => this.#end(run, 'Timeout'), longestMilliseconds);
      void this.#read(run, query, () => statement.stream(), countSql)
        .then(
          () => this.#settle(run, 'Complete'),
          () => this.#settle(run, 'Failed'),
        )
        .finally(() => {
          clearTimeout(timer);
          this.#connections.delete(run.id);
          connection.closeSync();
        });
      return run;
    } catch (error) {
      connection.closeSync();
      throw error;
    }
  }

  find(scope: Scope, id: string): QueryRun | undefined {
    return this.list(scope).find((run) => run.id === id);
  }

  /** The newest first. */
  list({ accountId, region }: Scope): QueryRun[] {
    return [...this.#runs.values()]
      .filter(({ scope }) => scope.accountId === accountId && scope.region === region)
      .reverse();
  }

  /** @returns whether it was still running. */
  stop(run: QueryRun): boolean {
    return this.#end(run, 'Cancelled');
  }

  async #read(
    run: QueryRun,
    query: CompiledQuery,
    stream: () => ReturnType<DuckDBConnection['stream']>,
    countSql: string,
  ): Promise<void> {
    const result = await stream();
    let bytes = 0;
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) break;
      for (const row of chunk.getRows()) {
        const cells = query.columns.flatMap(({ name, type }, index) => {
          const value = formatCell(row[index], type);
          return value === undefined ? [] : [{ field: name, value }];
        });
        bytes += cells.reduce((sum, { value }) => sum + value.length, 0);
        if (bytes > mostResultBytes) throw new Error('The answer is too large.');
        run.results.push(cells);
      }
    }
    const [count] = await this.#database.rows<{ records: number }>(countSql);
    run.recordsScanned = count?.records ?? 0;
  }

  #end(run: QueryRun, status: QueryStatus): boolean {
    if (run.status !== 'Running') return false;
    run.status = status;
    run.results = [];
    this.#connections.get(run.id)?.interrupt();
    return true;
  }

  #settle(run: QueryRun, status: QueryStatus): void {
    if (run.status === 'Running') run.status = status;
    if (run.status !== 'Complete') run.results = [];
  }

  #forgetOldest(): void {
    for (const [id, { status }] of this.#runs) {
      if (this.#runs.size <= mostRuns) return;
      if (status !== 'Running') this.#runs.delete(id);
    }
  }
}
