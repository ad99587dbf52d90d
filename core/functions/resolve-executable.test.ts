import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { closeCore } from '../core.ts';
import { caller, createRequest, openTestCore, temporaryDirectory } from '../test-core.ts';
import { createFunction } from './create-function.ts';
import { resolveExecutable } from './resolve-executable.ts';
import { updateFunctionConfiguration } from './update-function-configuration.ts';

const arn = 'arn:aws:lambda:us-east-1:111122223333:function:hello';

test('gives the engine all that it needs', async () => {
  const core = await openTestCore();
  await createFunction(core, caller, {
    ...createRequest('hello'),
    Environment: { Variables: { KEY: 'value' } },
    Timeout: 7,
  });
  const { executable, invokedFunctionArn } = await resolveExecutable(core, caller, 'hello', '$LATEST');
  expect(invokedFunctionArn).toBe(`${arn}:$LATEST`);
  expect(executable).toEqual({
    accountId: caller.accountId,
    region: caller.region,
    functionName: 'hello',
    functionArn: arn,
    version: '$LATEST',
    revisionId: (await core.db.function.findFirst())?.revisionId,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    codeDirectory: expect.stringMatching(/\/code\/[0-9a-f]{64}$/),
    codeFileCount: 1,
    layersDirectory: null,
    layersFileCount: 0,
    memoryMegabytes: 128,
    timeoutSeconds: 7,
    ephemeralStorageMegabytes: 512,
    environmentVariables: { KEY: 'value' },
    logGroupName: '/aws/lambda/hello',
  });
  const code = await readFile(path.join(executable.codeDirectory, 'index.mjs'), 'utf8');
  expect(code).toBe('export const handler = () => 1;');
});

test('is synchronous and leaves the database alone once the function is known', async () => {
  const core = await openTestCore();
  await createFunction(core, caller, createRequest('hello'));
  await core.functions.idle();
  const { executable } = await resolveExecutable(core, caller, 'hello');
  const find = vi.spyOn(core.db.function, 'findUnique');
  for (const form of ['hello', arn, '111122223333:function:hello', 'hello:$LATEST']) {
    const resolved = resolveExecutable(core, caller, form);
    expect(resolved).not.toBeInstanceOf(Promise);
    expect((await resolved).executable).toBe(executable);
  }
  expect(find).not.toHaveBeenCalled();
});

test('many first invocations at once read the function once', async () => {
  const core = await openTestCore();
  await createFunction(core, caller, createRequest('hello'));
  await core.functions.idle();
  const find = vi.spyOn(core.db.function, 'findUnique');
  const all = await Promise.all(Array.from({ length: 10 }, () => resolveExecutable(core, caller, 'hello')));
  expect(new Set(all.map(({ executable }) => executable)).size).toBe(1);
  expect(find).toHaveBeenCalledTimes(1);
});

test('follows changes, and tells listeners the revision that it resolves to', async () => {
  const core = await openTestCore();
  await createFunction(core, caller, createRequest('hello'));
  await resolveExecutable(core, caller, 'hello');
  const changes: (string | null)[] = [];
  const stop = core.functions.onChange((_arn, _version, revisionId) => changes.push(revisionId));
  await updateFunctionConfiguration(core, caller, { FunctionName: 'hello', Timeout: 9 });
  const { executable } = await resolveExecutable(core, caller, 'hello');
  expect(executable.timeoutSeconds).toBe(9);
  await core.functions.idle();
  expect(changes).toEqual([executable.revisionId]);
  stop();
});

test('brings the files back when they are gone but the zip is there', async () => {
  const dataDirectory = temporaryDirectory();
  const first = await openTestCore({ dataDirectory });
  await createFunction(first, caller, createRequest('hello'));
  await closeCore(first);
  await rm(path.join(dataDirectory, 'packages', 'boot-id'));
  const second = await openTestCore({ dataDirectory });
  const { executable } = await resolveExecutable(second, caller, 'hello');
  expect(await readFile(path.join(executable.codeDirectory, 'index.mjs'), 'utf8')).toContain('handler');
});

test('refuses what does not exist, is not reachable, or is no name', async () => {
  const core = await openTestCore();
  await createFunction(core, caller, createRequest('hello'));
  const refusal = async (name: string, qualifier?: string) => {
    try {
      await resolveExecutable(core, caller, name, qualifier);
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      return `${code}: ${message}`;
    }
    return 'resolved';
  };
  expect(await refusal('missing')).toBe(
    'ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:111122223333:function:missing:$LATEST',
  );
  expect(await refusal('hello', '1')).toBe(`ResourceNotFoundException: Function not found: ${arn}:1`);
  expect(await refusal('hello:1', '2')).toMatch(/^InvalidParameterValueException: The derived qualifier/);
  expect(await refusal('999999999999:function:hello')).toMatch(/^AccessDeniedException: User: /);
  expect(await refusal('eu-west-1:111122223333:function:hello')).toMatch(
    /^ResourceNotFoundException: Functions from/,
  );
  expect(await refusal('he llo')).toMatch(
    /^ValidationException: 1 validation error detected: Value 'he llo'/,
  );
  expect(await refusal('')).toMatch(/^ValidationException/);
  expect(await refusal('hello', '')).toMatch(/^ValidationException/);
});
