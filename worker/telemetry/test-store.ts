import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { JsonObject } from '../../core/caller.ts';
import { emptyBatch } from './batch.ts';
import { operations } from './operation-table.ts';
import { TelemetryStore } from './store/telemetry-store.ts';

export const scope = { accountId: '000000000000', region: 'us-east-1' };

/** A directory that is gone when the test is finished. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'hearth-telemetry-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A store in this thread, with a clock that tests turn. */
export interface TestStore {
  store: TelemetryStore;
  clock: { now: number };
  warnings: string[];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  call(operation: string, input: JsonObject): Promise<any>;
}

export async function openTestStore(directory = temporaryDirectory()): Promise<TestStore> {
  const clock = { now: Date.parse('2026-01-31T10:00:00Z') };
  const warnings: string[] = [];
  const store = await TelemetryStore.open({
    directory,
    memoryMegabytes: 64,
    threads: 1,
    payloadKey: Buffer.alloc(32, 7),
    now: () => clock.now,
    warn: (message) => warnings.push(message),
  });
  let closed = false;
  const close = store.close.bind(store);
  store.close = async () => {
    if (!closed) await close();
    closed = true;
  };
  onTestFinished(() => store.close());
  return {
    store,
    clock,
    warnings,
    async call(operation, input) {
      const run = operations.get(operation);
      if (!run) throw new Error(`${operation} is not an operation.`);
      return run(store, scope, input);
    },
  };
}

/** Stores lines as the collector's batches bring them: `[timestamp, message]`. */
export async function writeLines(
  { store }: TestStore,
  logGroupName: string,
  logStreamName: string,
  lines: readonly (readonly [timestamp: number, message: string])[],
): Promise<void> {
  await store.write({
    ...emptyBatch(),
    streams: [{ ...scope, logGroupName, logStreamName }],
    lines: {
      stream: lines.map(() => 0),
      timestamp: lines.map(([timestamp]) => timestamp),
      requestId: lines.map(() => null),
      message: lines.map(([, message]) => message),
    },
  });
}
