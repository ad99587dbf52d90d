import type { DuckDBConnection } from '@duckdb/node-api';
import { readRows } from './database.ts';
import type { TelemetryStore } from './telemetry-store.ts';

/** How long and how much is kept. */
export interface RetentionLimits {
  /** Of invocation records. Log lines follow their group. */
  invocationDays: number;
  /** Of events and responses. */
  payloadDays: number;
  /** Of everything together; above it the oldest goes first. */
  maxBytes: number;
}

/** As CloudWatch keeps its finest values. */
const metricDays = 15;
const dayMilliseconds = 86_400_000;
/** When there is too much, this share of the oldest goes, so that it is not a little at every look. */
const shareToDelete = 0.1;

/**
 * Deletes what is too old: log lines by their group's retention, those of deleted groups and streams, invocation
 * records by their own; then, while the file is too large, the oldest of all.
 */
export async function applyRetention(store: TelemetryStore, limits: RetentionLimits): Promise<void> {
  const now = store.now();
  await store.change(async (writer) => {
    for (const { id, retentionDays } of store.catalogue.all()) {
      if (retentionDays === undefined) continue;
      await writer.run('DELETE FROM log_lines WHERE group_id = $1 AND "timestamp" < $2', [
        id,
        BigInt(now - retentionDays * dayMilliseconds),
      ]);
    }
    const withoutStream =
      'SELECT 1 FROM (SELECT DISTINCT stream_id FROM log_lines) ANTI JOIN log_streams ON stream_id = id LIMIT 1';
    if ((await readRows(writer, withoutStream)).length > 0) {
      await writer.run('DELETE FROM log_lines WHERE stream_id NOT IN (SELECT id FROM log_streams)');
    }
    await writer.run('DELETE FROM invocations WHERE started_at < $1', [
      BigInt(now - limits.invocationDays * dayMilliseconds),
    ]);
    await writer.run('DELETE FROM metric_values WHERE "timestamp" < $1', [
      BigInt(now - metricDays * dayMilliseconds),
    ]);
    await writer.run('DELETE FROM payloads WHERE started_at < $1', [
      BigInt(now - limits.payloadDays * dayMilliseconds),
    ]);
  });
  if ((await usedBytes(store)) <= limits.maxBytes) return;
  await store.change(async (writer) => {
    await deleteOldest(writer, 'log_lines', '"timestamp"');
    await deleteOldest(writer, 'invocations', 'started_at');
    await deleteOldest(writer, 'payloads', 'started_at');
    await deleteOldest(writer, 'metric_values', '"timestamp"');
  });
}

/** Bytes of the file that hold something; what was deleted is used again before the file grows. */
async function usedBytes(store: TelemetryStore): Promise<number> {
  const [row] = await store.database.rows<{ block_size: number; used_blocks: number }>(
    'SELECT block_size, used_blocks FROM pragma_database_size()',
  );
  return row ? row.block_size * row.used_blocks : 0;
}

async function deleteOldest(writer: DuckDBConnection, table: string, time: string): Promise<void> {
  await writer.run(
    `DELETE FROM ${table} WHERE ${time} <= (SELECT quantile_disc(${time}, ${shareToDelete}) FROM ${table})`,
  );
}
