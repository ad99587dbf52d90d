import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { closeCore, openCore } from './core.ts';
import { getFunction } from './functions/get-function.ts';
import { listFunctions } from './functions/list-functions.ts';
import { resolveExecutable } from './functions/resolve-executable.ts';
import { caller, openTestCore, TestClock, temporaryDirectory } from './test-core.ts';

/** A process that creates and updates functions until it is killed, and tells every acknowledged write. */
function startWriter(dataDirectory: string, prefix: string) {
  const script = fileURLToPath(new URL('./test-writer.ts', import.meta.url));
  const writer = spawn(process.execPath, [script, dataDirectory, prefix], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void writer.kill('SIGKILL'));
  return writer;
}

test('every write that was acknowledged before a kill is there after it, and every listed function runs', async () => {
  const dataDirectory = temporaryDirectory();
  /** The code of each function by the last acknowledged write. */
  const acknowledged = new Map<string, string>();
  for (const [round, writes] of [1, 4, 9, 16].entries()) {
    const writer = startWriter(dataDirectory, `round${round}`);
    let seen = 0;
    for await (const line of createInterface({ input: writer.stdout })) {
      const [name = '', code = ''] = line.split(' ');
      acknowledged.set(name, code);
      seen += 1;
      if (seen === writes) writer.kill('SIGKILL');
    }
    if (writer.signalCode === null) await once(writer, 'exit');
    const core = await openTestCore({ dataDirectory });
    for (const [name, code] of acknowledged) {
      const { executable } = await resolveExecutable(core, caller, name);
      const found = readFileSync(path.join(executable.codeDirectory, 'index.mjs'), 'utf8');
      // The write that was under way when it was killed may or may not have happened.
      expect([code, `${code}+`]).toContain(found);
      acknowledged.set(name, found);
      const { Configuration } = await getFunction(core, caller, { FunctionName: name });
      expect(Configuration).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
    }
    for (const { FunctionName = '' } of (await listFunctions(core, caller, {})).Functions ?? []) {
      const { executable } = await resolveExecutable(core, caller, FunctionName);
      expect(statSync(path.join(executable.codeDirectory, 'index.mjs')).size).toBeGreaterThan(0);
    }
    await closeCore(core);
  }
  expect(acknowledged.size).toBeGreaterThanOrEqual(4);
}, 60_000);

test('a first start makes everything, for its owner only', async () => {
  const dataDirectory = path.join(temporaryDirectory(), 'made', 'anew');
  const core = await openCore({
    dataDirectory,
    accountId: caller.accountId,
    region: caller.region,
    rootAccessKey: undefined,
    clock: new TestClock(),
    uuid: () => crypto.randomUUID(),
    random: Math.random,
    reportError: () => {},
  });
  onTestFinished(() => closeCore(core));
  for (const file of ['registry.db', 'registry.db-wal', 'registry.db-shm', 'master.key', 'lock.db']) {
    expect([file, statSync(path.join(dataDirectory, file)).mode & 0o777]).toEqual([file, 0o600]);
  }
});

test('closing twice is closing once', async () => {
  const core = await openTestCore();
  await closeCore(core);
  await closeCore(core);
});
