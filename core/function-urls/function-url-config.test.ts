import { expect, test } from 'vitest';
import { deleteAlias } from '../aliases/delete-alias.ts';
import type { Core } from '../core.ts';
import { createFunction } from '../functions/create-function.ts';
import { deleteFunction } from '../functions/delete-function.ts';
import { caller, createRequest, openTestCore, TestClock, temporaryDirectory } from '../test-core.ts';
import { createFunctionUrlConfig } from './create-function-url-config.ts';
import { deleteFunctionUrlConfig } from './delete-function-url-config.ts';
import { getFunctionUrlConfig } from './get-function-url-config.ts';
import { listFunctionUrlConfigs } from './list-function-url-configs.ts';
import { updateFunctionUrlConfig } from './update-function-url-config.ts';

const arn = `arn:aws:lambda:us-east-1:${caller.accountId}:function:hello`;
const created = { FunctionName: 'hello', AuthType: 'AWS_IAM' };

async function openWithFunction(options: Parameters<typeof openTestCore>[0] = {}): Promise<Core> {
  const core = await openTestCore(options);
  await createFunction(core, caller, createRequest('hello'));
  return core;
}

async function addAlias(core: Core, name: string): Promise<void> {
  const row = await core.db.function.findFirstOrThrow({ where: { name: 'hello', version: 0 } });
  await core.db.alias.create({
    data: { functionId: row.id, name, description: '', functionVersion: 0, revisionId: core.uuid() },
  });
}

test('a URL is made, found, changed, and gone', async () => {
  const clock = new TestClock();
  const core = await openWithFunction({ clock });
  const Cors = { AllowOrigins: ['https://a.example'], MaxAge: 60 };
  const answer = await createFunctionUrlConfig(core, caller, { ...created, Cors });
  expect(answer).toEqual({
    FunctionUrl: expect.stringMatching(/^http:\/\/[0-9a-f]{32}\.lambda-url\.us-east-1\.localhost:4566\/$/),
    FunctionArn: arn,
    AuthType: 'AWS_IAM',
    Cors,
    CreationTime: '2026-01-31T10:20:30.123Z',
  });
  clock.milliseconds += 1000;
  const more = { InvokeMode: 'BUFFERED', LastModifiedTime: '2026-01-31T10:20:30.123Z' };
  expect(await getFunctionUrlConfig(core, caller, { FunctionName: arn })).toEqual({ ...answer, ...more });
  const changes = { FunctionName: 'hello', InvokeMode: 'RESPONSE_STREAM', AuthType: 'NONE' };
  const changed = await updateFunctionUrlConfig(core, caller, changes);
  expect(changed).toEqual({
    ...answer,
    AuthType: 'NONE',
    InvokeMode: 'RESPONSE_STREAM',
    LastModifiedTime: '2026-01-31T10:20:31.123Z',
  });
  const list = await listFunctionUrlConfigs(core, caller, { FunctionName: 'hello' });
  expect(list).toEqual({ FunctionUrlConfigs: [changed] });
  await deleteFunctionUrlConfig(core, caller, { FunctionName: 'hello' });
  for (const verb of [getFunctionUrlConfig, deleteFunctionUrlConfig, updateFunctionUrlConfig]) {
    await expect(verb(core, caller, { FunctionName: 'hello' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
    });
  }
});

test('the mode is repeated to who gave it, and a function has one URL', async () => {
  const core = await openWithFunction();
  const input = { ...created, InvokeMode: 'RESPONSE_STREAM' };
  expect(await createFunctionUrlConfig(core, caller, input)).toMatchObject({ InvokeMode: 'RESPONSE_STREAM' });
  await expect(createFunctionUrlConfig(core, caller, created)).rejects.toMatchObject({
    code: 'ResourceConflictException',
    message: `Failed to create function url config for [functionArn = ${arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
  });
});

test('URLs outlive the process, and go with their alias or function', async () => {
  const dataDirectory = temporaryDirectory();
  const first = await openWithFunction({ dataDirectory });
  await addAlias(first, 'live');
  const own = await createFunctionUrlConfig(first, caller, created);
  const live = await createFunctionUrlConfig(first, caller, { ...created, Qualifier: 'live' });
  expect(live.FunctionArn).toBe(`${arn}:live`);
  await first[Symbol.asyncDispose]();

  const core = await openTestCore({ dataDirectory });
  const page = await listFunctionUrlConfigs(core, caller, { FunctionName: 'hello', MaxItems: '1' });
  expect(page.FunctionUrlConfigs).toMatchObject([{ FunctionUrl: own.FunctionUrl }]);
  const next = { FunctionName: 'hello', Marker: page.NextMarker };
  expect(await listFunctionUrlConfigs(core, caller, next)).toEqual({
    FunctionUrlConfigs: [expect.objectContaining({ FunctionUrl: live.FunctionUrl })],
  });

  const id = new URL(own.FunctionUrl ?? '').hostname.slice(0, 32);
  expect(core.functionUrls.find(id)).toMatchObject({ functionName: 'hello', aliasName: undefined });
  await deleteAlias(core, caller, { FunctionName: 'hello', Name: 'live' });
  await expect(getFunctionUrlConfig(core, caller, { FunctionName: 'hello:live' })).rejects.toThrow(
    'The resource you requested does not exist.',
  );
  expect(await core.db.functionUrl.count()).toBe(1);
  await deleteFunction(core, caller, { FunctionName: 'hello' });
  expect(core.functionUrls.find(id)).toBeUndefined();
  expect(await core.db.functionUrl.count()).toBe(0);
  await createFunction(core, caller, createRequest('hello'));
  await expect(getFunctionUrlConfig(core, caller, { FunctionName: 'hello' })).rejects.toThrow(
    'does not exist',
  );
});

test('only functions and aliases have URLs', async () => {
  const core = await openWithFunction();
  await expect(createFunctionUrlConfig(core, caller, { ...created, FunctionName: 'none' })).rejects.toThrow(
    'Function does not exist',
  );
  await expect(createFunctionUrlConfig(core, caller, { ...created, Qualifier: 'none' })).rejects.toThrow(
    'Function does not exist',
  );
  await expect(createFunctionUrlConfig(core, caller, { ...created, Qualifier: '1' })).rejects.toThrow(
    "1 validation error detected: Value '1' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)",
  );
  await expect(createFunctionUrlConfig(core, caller, { FunctionName: 'hello' })).rejects.toThrow(
    "1 validation error detected: Value null at 'authType' failed to satisfy constraint: Member must not be null",
  );
  await expect(listFunctionUrlConfigs(core, caller, { FunctionName: 'none' })).rejects.toThrow(
    'Function does not exist',
  );
});

test('who reaches this machine from another one is told the URL by path', async () => {
  const core = await openWithFunction();
  const remote = { ...caller, apiOrigin: 'https://hearth.example:4566' };
  const { FunctionUrl } = await createFunctionUrlConfig(core, remote, created);
  expect(FunctionUrl).toMatch(/^https:\/\/hearth\.example:4566\/hearth\/function-urls\/[0-9a-f]{32}\/$/);
});
