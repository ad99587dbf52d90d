import type { TelemetryStore } from './telemetry-store.ts';

/** What telemetry takes on disk. */
export interface StorageUse {
  /** Bytes of the database and its write-ahead log. */
  bytes: number;
}

export async function describeStorage(store: TelemetryStore): Promise<StorageUse> {
  return { bytes: store.database.bytes };
}
