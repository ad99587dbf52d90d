// npm start [-- --no-console]: sets everything up, starts worker and console, prints where they are.
import { watch } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ManagedProcess } from '../processes/managed-process.ts';
import { ConfigurationError, readConfig } from '../worker/env.ts';
import type { WorkerReady } from '../worker/main.ts';
import { setUp } from './set-up/set-up.ts';
import { root } from './set-up/steps.ts';

/** A worker that ended sooner than this after it was started is not started again. */
const shortLifeMilliseconds = 10_000;

const { values: flags } = parseArgs({
  options: { dev: { type: 'boolean', default: false }, 'no-console': { type: 'boolean', default: false } },
});

const stopping = Promise.withResolvers<void>();
let signals = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stopping.resolve();
    signals += 1;
    if (signals > 1) ManagedProcess.killAll();
    else console.log('\nStopping; invocations in flight may finish. Once more to stop at once.');
  });
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});

async function main(): Promise<number> {
  const started = performance.now();
  const config = checkedConfig();
  if (!config) return 1;
  await setUp({ console: !flags['no-console'] && !flags.dev });

  let worker = startWorker();
  let workerStarted = performance.now();
  const ready = await Promise.race([worker.ready, stopping.promise]).catch(() => undefined);
  if (!ready) {
    await worker.stop();
    return 1;
  }
  const webConsole = flags['no-console'] ? undefined : startConsole(ready.apiOrigin);
  const consoleReady = await Promise.race([webConsole?.ready, stopping.promise]).catch(() => undefined);
  if (webConsole && !consoleReady) {
    await Promise.all([webConsole.stop(), worker.stop()]);
    return 1;
  }
  announce(ready, consoleReady?.origin, performance.now() - started);

  const changed = flags.dev ? watchSources() : undefined;
  for (;;) {
    const event = await Promise.race([
      stopping.promise.then(() => 'stop' as const),
      worker.ended.then((how) => ({ how, who: 'worker' as const })),
      ...(webConsole ? [webConsole.ended.then((how) => ({ how, who: 'console' as const }))] : []),
      ...(changed ? [changed().then(() => 'changed' as const)] : []),
    ]);
    if (event === 'changed') {
      await worker.stop();
    } else if (event === 'stop' || event.who === 'console') {
      if (event !== 'stop') console.error(`${event.how}; stopping.`);
      await webConsole?.stop();
      await worker.stop();
      return event === 'stop' ? 0 : 1;
    } else if (performance.now() - workerStarted < shortLifeMilliseconds && !changed) {
      console.error(`${event.how} right after its start; stopping.`);
      await webConsole?.stop();
      return 1;
    } else {
      console.error(`${event.how}; starting it again.`);
      if (changed && performance.now() - workerStarted < shortLifeMilliseconds) await changed();
    }
    workerStarted = performance.now();
    // The port that the first worker got, so that clients and the console find the next one.
    worker = startWorker({ HEARTH_API_PORT: new URL(ready.apiOrigin).port });
  }
}

function checkedConfig() {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(`Hearth's configuration has problems:\n${error.message.replace(/^/gm, '  ')}`);
    return undefined;
  }
}

function startWorker(environment: NodeJS.Dict<string> = {}): ManagedProcess<WorkerReady> {
  return new ManagedProcess(path.join(root, 'worker/main.ts'), { ...process.env, ...environment });
}

function startConsole(apiOrigin: string): ManagedProcess<{ origin: string }> {
  return new ManagedProcess(
    path.join(root, 'console/server.ts'),
    {
      ...process.env,
      NODE_ENV: flags.dev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      HEARTH_API_ORIGIN: apiOrigin,
    },
    flags.dev ? ['--dev'] : [],
  );
}

function announce(worker: WorkerReady, consoleOrigin: string | undefined, milliseconds: number): void {
  const lines = [
    ...worker.warnings.map((warning) => `  ! ${warning}`),
    '',
    `  Hearth is ready (${(milliseconds / 1000).toFixed(1)} s)`,
    '',
    ...(consoleOrigin ? [`  Console     ${consoleOrigin}`] : []),
    `  API         ${worker.apiOrigin}`,
    `  Data        ${worker.dataDirectory}`,
    `  AWS clients source ${worker.credentialsFile}`,
    ...(worker.setupToken && consoleOrigin
      ? [
          '',
          `  First administrator (this link works once)`,
          `  ${consoleOrigin}/setup?token=${worker.setupToken}`,
        ]
      : []),
    '',
  ];
  console.log(lines.join('\n'));
}

/** Resolves at each call when a source of the worker has changed since, a burst of changes counting as one. */
function watchSources(): () => Promise<void> {
  let wake: (() => void) | undefined;
  let quiet: NodeJS.Timeout | undefined;
  for (const folder of ['worker', 'core', 'runtimes', 'prisma/generated']) {
    watch(path.join(root, folder), { recursive: true }, () => {
      clearTimeout(quiet);
      quiet = setTimeout(() => wake?.(), 150);
    });
  }
  return () =>
    new Promise((resolve) => {
      wake = resolve;
    });
}
