// The worker's process: wires core, engine and API together, starts and stops them. No logic of its own.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { systemClock } from '../core/clock.ts';
import { openCore } from '../core/core.ts';
import { DataDirectoryError } from '../core/data-directory.ts';
import { MigrationError } from '../core/migrations.ts';
import { openControlChannel } from '../processes/control-channel.ts';
import { createApi } from './api/server.ts';
import { createEngine } from './engine/create-engine.ts';
import { type Config, ConfigurationError, readConfig } from './env.ts';
import { createTelemetry } from './telemetry/telemetry.ts';

/** What the worker tells its starter when it answers requests. */
export interface WorkerReady {
  /** `http://localhost:4566`. */
  apiOrigin: string;
  dataDirectory: string;
  /** A file to source in a shell, for AWS clients. */
  credentialsFile: string;
  /** The token of the first administrator's link, while there are no users. */
  setupToken: string | undefined;
  /** What is missing on this machine, in sentences. */
  warnings: string[];
}

await using running = new AsyncDisposableStack();
const stopped = Promise.withResolvers<void>();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopped.resolve());
const starter = openControlChannel(process.argv, () => stopped.resolve());
running.defer(() => starter.close());

try {
  starter.ready(await start(readConfig(process.env)));
  await stopped.promise;
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

/** Starts everything, each part on the ones before it; `running` stops them the other way round. */
async function start(config: Config): Promise<WorkerReady> {
  const log = pino({ level: config.logLevel });
  const core = await openCore({
    dataDirectory: config.dataDirectory,
    accountId: config.accountId,
    region: config.region,
    rootAccessKey: config.rootAccessKey,
    checksPassRole: config.checksPassRole,
    clock: systemClock,
    uuid: randomUUID,
    random: Math.random,
    reportError: (error) => log.error({ err: error }, 'Background work failed.'),
  });
  running.use(core);

  const telemetry = createTelemetry({
    directory: path.join(config.dataDirectory, 'telemetry'),
    cpuCount: config.cpuCount,
    payloadKey: core.vault.deriveKey('invocation payloads'),
    ...config.telemetry,
    warn: (message) => log.warn(message),
  });
  running.defer(() => telemetry.stop());
  await telemetry.start();

  const engine = createEngine({
    config,
    log,
    telemetry: telemetry.collector,
    concurrency: core.concurrency,
  });
  running.defer(() => engine.stop());
  await engine.start();
  core.functions.onChange((functionArn, version, revisionId) =>
    engine.retire(functionArn, version, revisionId),
  );

  const api = await createApi({ core, engine, telemetry, log });
  running.defer(() => api.close());
  const port = await api.listen(config.host, config.apiPort);

  const apiOrigin = `http://${displayHost(config.host)}:${port}`;
  const missing = engine.isolation().protections.filter(({ active }) => !active);
  return {
    apiOrigin,
    dataDirectory: config.dataDirectory,
    credentialsFile: writeCredentials(config, apiOrigin, core.accessKeys.root),
    setupToken: api.setupToken,
    warnings: missing.map(({ name, detail }) => `${name}: ${detail}`),
  };
}

/** Keeps the root key pair where only the operator reads it, in the form that a shell sources. */
function writeCredentials(
  config: Config,
  apiOrigin: string,
  root: { accessKeyId: string; secretAccessKey: string },
): string {
  const file = path.join(config.dataDirectory, 'aws.env');
  const quoted = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;
  const variables = {
    AWS_ACCESS_KEY_ID: root.accessKeyId,
    AWS_SECRET_ACCESS_KEY: root.secretAccessKey,
    AWS_REGION: config.region,
    AWS_DEFAULT_REGION: config.region,
    AWS_ENDPOINT_URL: apiOrigin,
  };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}\n`);
  writeFileSync(file, `${lines.join('')}unset AWS_SESSION_TOKEN\n`, { mode: 0o600 });
  return file;
}

/** A name that clients can use, for addresses that mean this machine or every interface. */
function displayHost(host: string): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** One sentence for what an operator can mend, everything for what is a fault of Hearth. */
function explain(error: unknown): string {
  if (error instanceof ConfigurationError) return `The configuration has problems:\n${error.message}`;
  if (error instanceof DataDirectoryError || error instanceof MigrationError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `${error.message}. Stop what listens there, or set HEARTH_API_PORT to another port.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
