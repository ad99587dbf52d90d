import type { DuckDBConnection } from '@duckdb/node-api';
import { readRows } from './database.ts';
import type { SqlValues } from './sql-values.ts';
import type { TelemetryStore } from './telemetry-store.ts';

/** A stored log line. */
export interface LogLine {
  /** Milliseconds since the epoch. */
  timestamp: number;
  /** Rises with every line stored: the order within a millisecond. */
  sequence: number;
  ingestedAt: number;
  streamName: string;
  message: string;
}

/** Bytes of messages in one answer, as AWS bounds it. */
const maxAnswerBytes = 1_048_576;
/** Messages fetched at once; the longest are 256 KB. */
const fetchAtOnce = 256;

/**
 * The first lines for which an SQL condition holds, in the order of time or against it; fewer than `limit` also when
 * their messages get too many bytes. Which lines is found out first, without their text, so that memory is bounded.
 */
export async function readLines(
  store: TelemetryStore,
  condition: string,
  values: SqlValues,
  { newestFirst, limit }: { newestFirst: boolean; limit: number },
): Promise<{ lines: LogLine[]; isComplete: boolean }> {
  const connection = await store.database.connect();
  try {
    await connection.run('BEGIN TRANSACTION READ ONLY');
    const direction = newestFirst ? 'DESC' : 'ASC';
    const keys = await readRows<{ timestamp: number; sequence: number }>(
      connection,
      `SELECT "timestamp", sequence FROM log_lines WHERE ${condition}
         AND stream_id IN (SELECT id FROM log_streams)
       ORDER BY "timestamp" ${direction}, sequence ${direction} LIMIT ${limit}`,
      values.list,
    );
    const lines: LogLine[] = [];
    let bytes = 0;
    for (let start = 0; start < keys.length; start += fetchAtOnce) {
      for (const line of await fetchLines(connection, keys.slice(start, start + fetchAtOnce), direction)) {
        bytes += Buffer.byteLength(line.message);
        if (bytes > maxAnswerBytes && lines.length > 0) return { lines, isComplete: false };
        lines.push(line);
      }
    }
    return { lines, isComplete: keys.length < limit };
  } finally {
    connection.closeSync();
  }
}

async function fetchLines(
  connection: DuckDBConnection,
  keys: readonly { timestamp: number; sequence: number }[],
  direction: 'ASC' | 'DESC',
): Promise<LogLine[]> {
  const times = keys.map(({ timestamp }) => timestamp);
  const rows = await readRows<{
    timestamp: number;
    sequence: number;
    ingested_at: number;
    name: string;
    message: string;
  }>(
    connection,
    `SELECT "timestamp", sequence, ingested_at, name, message
     FROM log_lines JOIN log_streams ON stream_id = id
     WHERE "timestamp" BETWEEN ${Math.min(...times)} AND ${Math.max(...times)}
       AND sequence IN (${keys.map(({ sequence }) => sequence).join()})
     ORDER BY "timestamp" ${direction}, sequence ${direction}`,
  );
  return rows.map(({ timestamp, sequence, ingested_at: ingestedAt, name, message }) => ({
    timestamp,
    sequence,
    ingestedAt,
    streamName: name,
    message,
  }));
}
