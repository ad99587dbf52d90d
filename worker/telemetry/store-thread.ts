// The thread that owns the database: takes batches, answers questions, applies retention.
import { parentPort, workerData } from 'node:worker_threads';
import { AwsFault } from './aws-fault.ts';
import { operations } from './operation-table.ts';
import { applyRetention } from './store/retention.ts';
import { TelemetryStore } from './store/telemetry-store.ts';
import type { FromStore, StoreSettings, ToStore } from './thread-messages.ts';

const retentionMilliseconds = 60_000;

const settings = workerData as StoreSettings;
const tell = (message: FromStore) => parentPort?.postMessage(message);
const store = await TelemetryStore.open({
  ...settings,
  now: () => Date.now(),
  warn: (message) => tell({ kind: 'warning', message }),
});
const retention = setInterval(() => {
  void applyRetention(store, settings.retention).catch((error) => warn('Old telemetry stays', error));
}, retentionMilliseconds);

parentPort?.on('message', (message: ToStore) => void handle(message));
tell({ kind: 'ready' });

async function handle(message: ToStore): Promise<void> {
  switch (message.kind) {
    case 'batch':
      await store.write(message.batch).catch((error) => {
        const { lines, invocations } = message.batch;
        const lost = `${lines.message.length} log lines and ${invocations.requestId.length} invocations are lost`;
        warn(`Telemetry could not be written, ${lost}`, error);
      });
      return tell({ kind: 'confirmed', invocations: message.batch.invocations.requestId.length > 0 });
    case 'call':
      return tell(await answer(message));
    case 'close':
      clearInterval(retention);
      await store.close();
      parentPort?.close();
  }
}

async function answer(call: Extract<ToStore, { kind: 'call' }>): Promise<FromStore> {
  const { id, scope, input } = call;
  try {
    const operation = operations.get(call.operation);
    if (!operation) throw new AwsFault('UnknownOperationException', 'The operation is not known.');
    return { kind: 'answer', id, value: await operation(store, scope, input) };
  } catch (error) {
    if (error instanceof AwsFault) {
      const { code, message, details } = error;
      return { kind: 'fault', id, code, message, details };
    }
    return {
      kind: 'failure',
      id,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

function warn(what: string, error: unknown): void {
  tell({ kind: 'warning', message: `${what}: ${error instanceof Error ? error.message : String(error)}` });
}
