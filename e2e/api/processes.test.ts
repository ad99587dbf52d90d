import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { descendantsOf, type Hearth, type HearthOptions, startHearth } from '../harness/hearth.ts';
import { createFunction, invoke, lambdaClient } from './client.ts';
import { runningProcesses, stillRunning } from './processes.ts';

/** A data directory of this test alone, also for servers that never come up. */
function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'hearth-processes-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function start(options?: HearthOptions): Promise<Hearth> {
  const hearth = await startHearth(options);
  onTestFinished(async () => {
    await hearth.stop();
  });
  return hearth;
}

test('SIGTERM ends everything that was started, with exit code 0', async () => {
  const hearth = await startHearth();
  const client = lambdaClient(hearth);
  await createFunction(client, 'warm', 'export const handler = async () => 1;');
  await createFunction(
    client,
    'forker',
    `import { spawn } from 'node:child_process';
    export const handler = async () => { spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)']); return 1; };`,
  );
  await invoke(client, 'warm');
  await invoke(client, 'forker');
  const processes = runningProcesses([hearth.pid, ...descendantsOf(hearth.pid)]);
  expect(processes.length).toBeGreaterThan(4);
  expect(await hearth.stop()).toBe(0);
  expect(stillRunning(processes)).toEqual([]);
});

test('stopping lets an invocation in flight finish', async () => {
  const hearth = await startHearth();
  const client = lambdaClient(hearth);
  await createFunction(
    client,
    'slow',
    `export const handler = (event) => event.warm ? 1 : new Promise((resolve) => setTimeout(resolve, 1500, 'done'));`,
  );
  await invoke(client, 'slow', { warm: true });
  const answer = invoke(client, 'slow');
  // After three round trips of other requests it has certainly arrived.
  for (let i = 0; i < 3; i++) await invoke(client, 'slow', { warm: true });
  const [exitCode, output] = await Promise.all([hearth.stop(), answer]);
  expect(output.answer).toBe('done');
  expect(exitCode).toBe(0);
});

test('a second worker refuses the data directory of the first and says why', async () => {
  const { dataDirectory } = await start();
  await expect(startHearth({ dataDirectory })).rejects.toThrow(
    new RegExp(`Another Hearth is running on the data directory ${dataDirectory}`),
  );
});

test('after a stop and after a kill the data directory can be used again', async () => {
  const dataDirectory = temporaryDirectory();
  const first = await startHearth({ dataDirectory });
  await createFunction(lambdaClient(first), 'lasting', 'export const handler = async () => 1;');
  await first.stop();
  const second = await startHearth({ dataDirectory });
  expect((await invoke(lambdaClient(second), 'lasting')).answer).toBe(1);
  await second.kill();
  const third = await start({ dataDirectory });
  expect((await invoke(lambdaClient(third), 'lasting')).answer).toBe(1);
});

test('a port in use is named with its variable', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const started = startHearth({
    dataDirectory: temporaryDirectory(),
    settings: { HEARTH_API_PORT: String(port) },
  });
  await expect(started).rejects.toThrow(new RegExp(`HEARTH_API_PORT.*${port}|${port}.*HEARTH_API_PORT`));
});

test('wrong settings are all named before anything starts', async () => {
  const started = startHearth({
    dataDirectory: temporaryDirectory(),
    settings: { HEARTH_API_PORT: 'http', HEARTH_REGON: 'us-east-1' },
  });
  await expect(started).rejects.toThrow(/HEARTH_API_PORT: [\s\S]*HEARTH_REGON is not a setting of Hearth/);
});
