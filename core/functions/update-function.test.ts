import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { caller, createRequest, openTestCore, TestClock, zipOf } from '../test-core.ts';
import { createFunction } from './create-function.ts';
import { getFunction } from './get-function.ts';
import { getFunctionConfiguration } from './get-function-configuration.ts';
import { resolveExecutable } from './resolve-executable.ts';
import { updateFunctionCode } from './update-function-code.ts';
import { updateFunctionConfiguration } from './update-function-configuration.ts';

const name = { FunctionName: 'hello' };
const zip = (code: string) => zipOf({ 'index.mjs': code }).toString('base64');

async function openWithHello(clock = new TestClock()) {
  const core = await openTestCore({ clock });
  const created = await createFunction(core, caller, createRequest('hello'));
  return { core, created };
}

test('a change of the configuration keeps what it does not name', async () => {
  const clock = new TestClock();
  const { core } = await openWithHello(clock);
  await updateFunctionConfiguration(core, caller, {
    ...name,
    Timeout: 10,
    Environment: { Variables: { KEY: 'value' } },
  });
  clock.milliseconds += 1000;
  const answer = await updateFunctionConfiguration(core, caller, {
    ...name,
    MemorySize: 256,
    Description: 'd',
  });
  expect(answer).toMatchObject({
    Timeout: 10,
    MemorySize: 256,
    Description: 'd',
    Environment: { Variables: { KEY: 'value' } },
    Handler: 'index.handler',
    State: 'Active',
    LastModified: '2026-01-31T10:20:31.123+0000',
    LastUpdateStatus: 'InProgress',
    LastUpdateStatusReason: 'The function is being created.',
    LastUpdateStatusReasonCode: 'Creating',
  });
});

test('variables can be emptied', async () => {
  const { core, created } = await openWithHello();
  expect(created.Environment).toBeUndefined();
  const answer = await updateFunctionConfiguration(core, caller, { ...name, Environment: { Variables: {} } });
  expect(answer.Environment).toEqual({ Variables: {} });
});

test('the revision changes with every transition, and the hash of the configuration with the configuration', async () => {
  const { core, created } = await openWithHello();
  const active = await getFunctionConfiguration(core, caller, name);
  const updating = await updateFunctionConfiguration(core, caller, { ...name, Timeout: 3 });
  const updated = await getFunctionConfiguration(core, caller, name);
  const revisions = [created, active, updating, updated].map(({ RevisionId }) => RevisionId);
  expect(new Set(revisions).size).toBe(4);
  expect(updated.ConfigSha256).toBe(created.ConfigSha256);
  const changed = await updateFunctionConfiguration(core, caller, { ...name, Timeout: 4 });
  expect(changed.ConfigSha256).not.toBe(created.ConfigSha256);
});

test('a client that expects another revision changes nothing', async () => {
  const { core, created } = await openWithHello();
  const stale = { ...name, RevisionId: created.RevisionId };
  const refusal = {
    code: 'PreconditionFailedException',
    message:
      'The Revision Id provided does not match the latest Revision Id. ' +
      'Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
  };
  await expect(updateFunctionConfiguration(core, caller, { ...stale, Timeout: 9 })).rejects.toMatchObject(
    refusal,
  );
  await expect(updateFunctionCode(core, caller, { ...stale, ZipFile: zip('new') })).rejects.toMatchObject(
    refusal,
  );
  const current = await getFunctionConfiguration(core, caller, name);
  expect(current).toMatchObject({ Timeout: 3, CodeSha256: created.CodeSha256 });
  await updateFunctionConfiguration(core, caller, { ...name, RevisionId: current.RevisionId, Timeout: 9 });
});

test('of changes made at once none is lost', async () => {
  const { core } = await openWithHello();
  await Promise.all([
    updateFunctionConfiguration(core, caller, { ...name, Timeout: 9 }),
    updateFunctionConfiguration(core, caller, { ...name, MemorySize: 512 }),
    updateFunctionConfiguration(core, caller, { ...name, Description: 'both' }),
    updateFunctionCode(core, caller, { ...name, ZipFile: zip('new') }),
  ]);
  const { CodeSize } = await updateFunctionCode(core, caller, { ...name, ZipFile: zip('new'), DryRun: true });
  expect(await getFunctionConfiguration(core, caller, name)).toMatchObject({
    Timeout: 9,
    MemorySize: 512,
    Description: 'both',
    CodeSize,
    State: 'Active',
    LastUpdateStatus: 'Successful',
  });
});

test('new code runs as soon as the update is acknowledged', async () => {
  const { core } = await openWithHello();
  const before = await resolveExecutable(core, caller, 'hello');
  await updateFunctionCode(core, caller, { ...name, ZipFile: zip('new code') });
  const after = await resolveExecutable(core, caller, 'hello');
  const read = (directory: string) => readFile(path.join(directory, 'index.mjs'), 'utf8');
  expect(await read(after.executable.codeDirectory)).toBe('new code');
  expect(after.executable.revisionId).not.toBe(before.executable.revisionId);
  // Environments that started before may still be placing the old code.
  expect(await read(before.executable.codeDirectory)).toBe('export const handler = () => 1;');
});

test('a dry run tells what would be and changes nothing', async () => {
  const { core, created } = await openWithHello();
  const before = await getFunctionConfiguration(core, caller, name);
  const answer = await updateFunctionCode(core, caller, { ...name, ZipFile: zip('new'), DryRun: true });
  expect(answer.CodeSha256).not.toBe(created.CodeSha256);
  expect(await getFunctionConfiguration(core, caller, name)).toEqual(before);
});

test('code is refused as in CreateFunction, and images by name', async () => {
  const { core } = await openWithHello();
  const refusals: [object, string][] = [
    [{}, 'Please provide a source for function code.'],
    [{ S3Bucket: 'bucket', S3Key: 'key' }, 'Hearth does not support S3Bucket, S3Key yet.'],
    [{ ZipFile: zip('x'), PublishTo: 'LATEST_PUBLISHED' }, 'Hearth does not support PublishTo yet.'],
    [{ ImageUri: 'image' }, "Please don't provide ImageUri when updating a function with packageType Zip."],
    [{ ZipFile: '' }, 'Uploaded file must be a non-empty zip'],
  ];
  for (const [input, message] of refusals) {
    await expect(updateFunctionCode(core, caller, { ...name, ...input })).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message,
    });
  }
});

test('a function that is not there is not found', async () => {
  const core = await openTestCore();
  const missing = { FunctionName: 'missing' };
  const message = 'Function not found: arn:aws:lambda:us-east-1:111122223333:function:missing';
  const refusal = { code: 'ResourceNotFoundException', message };
  await expect(updateFunctionConfiguration(core, caller, missing)).rejects.toMatchObject(refusal);
  await expect(updateFunctionCode(core, caller, { ...missing, ZipFile: zip('x') })).rejects.toMatchObject(
    refusal,
  );
  await expect(getFunction(core, caller, missing)).rejects.toMatchObject(refusal);
  await expect(getFunction(core, caller, { ...missing, Qualifier: 'live' })).rejects.toMatchObject({
    message: `${message}:live`,
  });
});
