import type { DuckDBConnection } from '@duckdb/node-api';
import type { Batch } from '../batch.ts';
import { QueryRuns } from '../insights/query-runs.ts';
import { readEmbeddedMetrics } from '../metrics/embedded-metrics.ts';
import { type MetricDatum, MetricSeries } from '../metrics/metric-values.ts';
import type { Scope } from '../operations.ts';
import { LineRows } from './append.ts';
import { appendInvocations } from './append-invocations.ts';
import { Database, type DatabaseOptions } from './database.ts';
import { LineRanges } from './line-ranges.ts';
import { LogCatalogue, type LogGroup } from './log-catalogue.ts';
import { PayloadCipher } from './payload-cipher.ts';

export interface StoreOptions extends DatabaseOptions {
  /** 32 bytes, under which events and responses are encrypted. */
  payloadKey: Uint8Array;
}

/** The database and the catalogue, and the one way to change them: a transaction at a time. */
export class TelemetryStore {
  readonly database: Database;
  readonly now: () => number;
  readonly payloadCipher: PayloadCipher;
  /** Queries of Logs Insights. */
  readonly queries: QueryRuns;
  readonly #lineRanges = new LineRanges();
  #catalogue: LogCatalogue;
  #metricSeries: MetricSeries;
  #nextSequence: bigint;
  #lastChange: Promise<unknown> = Promise.resolve();

  private constructor(database: Database, options: StoreOptions, loaded: Loaded) {
    this.database = database;
    this.now = options.now;
    this.queries = new QueryRuns(database);
    this.payloadCipher = new PayloadCipher(options.payloadKey);
    this.#catalogue = loaded.catalogue;
    this.#metricSeries = loaded.metricSeries;
    this.#nextSequence = loaded.nextSequence;
  }

  static async open(options: StoreOptions): Promise<TelemetryStore> {
    const database = await Database.open(options);
    return new TelemetryStore(database, options, await load(database));
  }

  get catalogue(): LogCatalogue {
    return this.#catalogue;
  }

  get metricSeries(): MetricSeries {
    return this.#metricSeries;
  }

  /**
   * Runs `work` alone and in a transaction. When it fails nothing of it is kept, the catalogue included, and when
   * the database broke it is opened anew.
   */
  change<T>(work: (writer: DuckDBConnection) => Promise<T>): Promise<T> {
    const change = this.#lastChange.then(() => this.#transact(work));
    this.#lastChange = change.catch(() => {});
    return change;
  }

  /** Keeps what the collector handed over. */
  async write(batch: Batch): Promise<void> {
    const now = this.now();
    await this.change(async (writer) => {
      const streams = await this.#catalogue.resolve(writer, batch.streams, now);
      const bytes = new Map<LogGroup, number>();
      const lines = this.lineRows(now);
      const metrics: { scope: Scope; datum: MetricDatum }[] = [];
      const { stream, timestamp, requestId, message } = batch.lines;
      for (let index = 0; index < message.length; index += 1) {
        const target = streams[stream[index] ?? -1];
        const text = message[index] ?? '';
        if (!target) continue;
        const sequence = lines.add(target.group.id, target.streamId, {
          timestamp: timestamp[index] ?? now,
          message: text,
        });
        for (const datum of readEmbeddedMetrics(text, now)) metrics.push({ scope: target.group, datum });
        const id = requestId[index];
        if (id) this.#lineRanges.extend(id, sequence);
        bytes.set(target.group, (bytes.get(target.group) ?? 0) + Buffer.byteLength(text));
      }
      for (const shed of batch.shed) {
        const target = streams[shed.stream];
        if (!target) continue;
        const message = `Hearth shed ${shed.lines} log lines (${shed.characters} characters) of this environment here: they came faster than they could be stored.\n`;
        lines.add(target.group.id, target.streamId, { timestamp: now, message });
      }
      await lines.appendTo(writer);
      await this.#metricSeries.append(writer, metrics);
      await appendInvocations(writer, batch, {
        streams,
        ranges: this.#lineRanges,
        cipher: this.payloadCipher,
        nextSequence: () => this.nextSequence(),
      });
      for (const [group, added] of bytes) {
        group.storedBytes += added;
        await this.#catalogue.update(writer, group);
      }
    });
  }

  /** Rows for lines that arrive now. */
  lineRows(ingestedAt: number): LineRows {
    return new LineRows(ingestedAt, () => this.nextSequence());
  }

  /** Numbers rise over everything stored, over restarts too. */
  nextSequence(): bigint {
    const sequence = this.#nextSequence;
    this.#nextSequence += 1n;
    return sequence;
  }

  async close(): Promise<void> {
    await this.#lastChange;
    this.database.close();
  }

  async #transact<T>(work: (writer: DuckDBConnection) => Promise<T>): Promise<T> {
    try {
      await this.database.writer.run('BEGIN TRANSACTION');
      const result = await work(this.database.writer);
      await this.database.writer.run('COMMIT');
      return result;
    } catch (error) {
      if (!(await this.database.recover(error))) {
        await this.database.writer.run('ROLLBACK').catch(() => {});
      }
      const { catalogue, metricSeries } = await load(this.database);
      this.#catalogue = catalogue;
      this.#metricSeries = metricSeries;
      throw error;
    }
  }
}

interface Loaded {
  catalogue: LogCatalogue;
  metricSeries: MetricSeries;
  nextSequence: bigint;
}

async function load(database: Database): Promise<Loaded> {
  const [row] = await database.rows<{ sequence: number }>(
    `SELECT greatest((SELECT coalesce(max(sequence), 0) FROM log_lines),
                     (SELECT coalesce(max(sequence), 0) FROM invocations)) AS sequence`,
  );
  return {
    catalogue: await LogCatalogue.load(database),
    metricSeries: await MetricSeries.load(database),
    nextSequence: BigInt(row?.sequence ?? 0) + 1n,
  };
}
