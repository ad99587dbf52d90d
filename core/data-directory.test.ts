import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DataDirectoryError, lockDataDirectory } from './data-directory.ts';
import { temporaryDirectory } from './test-core.ts';

/** Another process that holds the directory until it is killed. */
async function holder(directory: string) {
  const module = JSON.stringify(path.join(import.meta.dirname, 'data-directory.ts'));
  const code = `
    const { lockDataDirectory } = await import(${module});
    lockDataDirectory(process.argv[1]);
    process.stdout.write('locked');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

test('a directory that another process holds is refused, and free again as soon as that one is killed', async () => {
  const directory = temporaryDirectory();
  const other = await holder(directory);
  expect(() => lockDataDirectory(directory)).toThrow(DataDirectoryError);
  expect(() => lockDataDirectory(directory)).toThrow(
    `Another Hearth is running on the data directory ${directory}. ` +
      'Stop it first, or start this one with another HEARTH_DATA_DIR.',
  );
  other.kill('SIGKILL');
  await once(other, 'exit');
  lockDataDirectory(directory).release();
});

test('one process cannot hold it twice, and can take it again after release', () => {
  const directory = temporaryDirectory();
  const held = lockDataDirectory(directory);
  expect(() => lockDataDirectory(directory)).toThrow(DataDirectoryError);
  held.release();
  lockDataDirectory(directory).release();
});

test("a sandbox's user can pass through to the code, and see nothing else, whatever the modes were", () => {
  const directory = path.join(temporaryDirectory(), 'data');
  mkdirSync(directory, { mode: 0o777 });
  const { code, packages, release } = lockDataDirectory(directory);
  onTestFinished(release);
  const mode = (name: string) => (statSync(name).mode & 0o777).toString(8);
  expect([directory, code, packages, path.join(directory, 'lock.db')].map(mode)).toEqual([
    '711',
    '711',
    '700',
    '600',
  ]);
});

test('a directory that cannot be made is named', () => {
  expect(() => lockDataDirectory('/dev/null/data')).toThrow(/\/dev\/null\/data cannot be used: ENOTDIR/);
});
