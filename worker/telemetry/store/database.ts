import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { schema, schemaVersion } from './schema.ts';

/** What a row of a result may hold. */
type Cell = string | number | boolean | null | Uint8Array;
export type Row = Record<string, Cell>;

export interface DatabaseOptions {
  /** Created when missing. */
  directory: string;
  /** Of DuckDB's buffers; queries that need more use files. */
  memoryMegabytes: number;
  threads: number;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Told when a damaged file was set aside. */
  warn(message: string): void;
}

/** DuckDB says by these words that it will not work on until it is opened again. */
const fatal = /database has been invalidated|FATAL Error|INTERNAL Error/i;

/** The file of all telemetry, and the one connection that writes to it. */
export class Database {
  readonly file: string;
  readonly #options: DatabaseOptions;
  #instance: DuckDBInstance;
  #writer: DuckDBConnection;

  private constructor(options: DatabaseOptions, file: string, opened: Opened) {
    this.#options = options;
    this.file = file;
    this.#instance = opened.instance;
    this.#writer = opened.writer;
  }

  /** Opens the file or begins one; a damaged one is set aside, with a warning. */
  static async open(options: DatabaseOptions): Promise<Database> {
    mkdirSync(options.directory, { recursive: true, mode: 0o700 });
    const file = path.join(options.directory, 'telemetry.duckdb');
    return new Database(options, file, await openOrSetAside(file, options));
  }

  /** The connection for changes. Whoever uses it must be alone: see `TelemetryStore.change`. */
  get writer(): DuckDBConnection {
    return this.#writer;
  }

  /** Runs one statement with values for its `$1` … on a connection of its own, as of now. */
  async rows<T extends Row>(sql: string, values: readonly DuckDBValue[] = []): Promise<T[]> {
    const connection = await this.connect();
    try {
      return await readRows<T>(connection, sql, values);
    } finally {
      connection.closeSync();
    }
  }

  /** A connection for reading, to be closed by the caller. */
  connect(): Promise<DuckDBConnection> {
    return this.#instance.connect();
  }

  /** Opens anew after an error that leaves DuckDB unusable. @returns whether `error` was one. */
  async recover(error: unknown): Promise<boolean> {
    if (!(error instanceof Error && fatal.test(error.message))) return false;
    this.close();
    const opened = await openOrSetAside(this.file, this.#options);
    this.#instance = opened.instance;
    this.#writer = opened.writer;
    return true;
  }

  /** Size on disk in bytes, the write-ahead log included. */
  get bytes(): number {
    return [this.file, walOf(this.file)].reduce(
      (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  }

  close(): void {
    this.#writer.closeSync();
    this.#instance.closeSync();
  }
}

/** Runs one statement on a connection; whole numbers come as numbers. */
export async function readRows<T extends Row>(
  connection: DuckDBConnection,
  sql: string,
  values: readonly DuckDBValue[] = [],
): Promise<T[]> {
  const reader = await connection.runAndReadAll(sql, [...values]);
  const rows = reader.getRowObjectsJS() as Record<string, unknown>[];
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) if (typeof value === 'bigint') row[name] = Number(value);
  }
  return rows as T[];
}

interface Opened {
  instance: DuckDBInstance;
  writer: DuckDBConnection;
}

/** The write-ahead log is tried first: without it only the newest lines are lost. */
async function openOrSetAside(file: string, options: DatabaseOptions): Promise<Opened> {
  const wal = walOf(file);
  const attempts = [[], [wal].filter((name) => existsSync(name)), [wal, file]];
  let problem: unknown;
  for (const damaged of attempts) {
    if (problem !== undefined && damaged.length === 0) continue;
    const aside = damaged.filter((name) => existsSync(name)).map((name) => setAside(name, options.now()));
    if (aside.length > 0) {
      const reason = problem instanceof Error ? problem.message : String(problem);
      options.warn(`Telemetry could not be read (${reason}). Set aside: ${aside.join(', ')}.`);
    }
    try {
      return await openFile(file, options);
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}

async function openFile(file: string, options: DatabaseOptions): Promise<Opened> {
  const instance = await DuckDBInstance.create(file, {
    memory_limit: `${options.memoryMegabytes}MB`,
    threads: String(options.threads),
    // Older formats do not compress text well enough.
    storage_compatibility_version: 'latest',
    temp_directory: path.join(options.directory, 'temporary'),
    // Statements can come from clients: nothing of the machine is theirs to read.
    enable_external_access: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  try {
    const writer = await instance.connect();
    await writer.run(schema);
    const [row] = await readRows<{ version: number }>(writer, 'SELECT version FROM schema_version');
    if (!row) await writer.run(`INSERT INTO schema_version VALUES (${schemaVersion})`);
    else if (row.version !== schemaVersion) throw new Error(`its schema has version ${row.version}`);
    return { instance, writer };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

function setAside(name: string, now: number): string {
  const aside = `${name}.damaged-${new Date(now).toISOString().replaceAll(':', '')}`;
  renameSync(name, aside);
  return aside;
}

function walOf(file: string): string {
  return `${file}.wal`;
}
