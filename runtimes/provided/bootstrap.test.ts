import { chmodSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { frameType } from '../test-runtime.ts';
import { initialize, startAdapter, TestProvided } from './test-provided.ts';

test.each([
  ['no bootstrap', {}, 0, /^Couldn't find valid bootstrap\(s\): \[.*\/bootstrap\]$/],
  ['a directory', { 'bootstrap/file': '' }, 0, /^Couldn't find valid bootstrap/],
  [
    'a file that is not executable',
    { bootstrap: '#!/bin/sh\n' },
    0o644,
    /^fork\/exec .*: permission denied$/,
  ],
  ['a script without #!', { bootstrap: 'exit 0\n' }, 0o755, /^fork\/exec .*: exec format error$/],
  [
    'a program for another machine',
    { bootstrap: Buffer.from('\x7fELF\x02\x01\x01'.padEnd(64, '\0'), 'latin1') },
    0o755,
    /exec format error$/,
  ],
  ['a missing interpreter', { bootstrap: '#!/missing\n' }, 0o755, /: no such file or directory$/],
])('%s is an invalid entry point', async (_what, files: Record<string, string | Buffer>, mode, message) => {
  await using worker = await startAdapter(files);
  if (mode !== 0) chmodSync(path.join(worker.taskRoot, 'bootstrap'), mode);
  initialize(worker, {});
  expect(await worker.answer()).toMatchObject({
    type: frameType.initError,
    header: { errorType: 'Runtime.InvalidEntrypoint' },
    json: { errorType: 'Runtime.InvalidEntrypoint', errorMessage: expect.stringMatching(message) },
  });
});

test('it runs in the package with the environment of the function and nothing on its standard input', async () => {
  await using host = await TestProvided.start();
  const { taskRoot } = host.worker;
  expect(await host.run('echo "$PWD|$_HANDLER|$LAMBDA_TASK_ROOT|$MINE|$(cat)" >&5')).toBe(
    `${taskRoot}|any|${taskRoot}|ä|\n`,
  );
});

test('it does not inherit the link', async () => {
  await using host = await TestProvided.start();
  const [link, ...own] = (await host.run('readlink /proc/$PPID/fd/3 /proc/$$/fd/* >&5')).trim().split('\n');
  expect(link).toMatch(/^socket:/);
  expect(own.length).toBeGreaterThan(3);
  expect(own).not.toContain(link);
});

test.each([
  ['exit 3', 3],
  ['exit 0', 0],
  ['kill -9 $$', 137],
  ['kill -SEGV $$', 139],
])('after %s the environment ends with %i', async (line, code) => {
  await using host = await TestProvided.start();
  expect(await host.end(line)).toBe(code);
});

test('what it prints comes out', async () => {
  await using host = await TestProvided.start();
  await host.end('echo printed; echo wrong >&2; exit 1');
  expect(host.worker.output).toBe('printed\nwrong\n');
});

test('when the worker is gone it is ended', async () => {
  await using host = await TestProvided.start();
  await host.worker.stop();
  await host.bootstrapEnded;
});
