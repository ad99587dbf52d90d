import { expect, test } from 'vitest';
import { caller, createRequest, openTestCore } from '../test-core.ts';
import { createFunction } from './create-function.ts';
import { getFunctionCodeSigningConfig } from './get-function-code-signing-config.ts';
import { getFunctionRecursionConfig } from './get-function-recursion-config.ts';
import { getRuntimeManagementConfig } from './get-runtime-management-config.ts';
import { putFunctionRecursionConfig } from './put-function-recursion-config.ts';
import { putRuntimeManagementConfig } from './put-runtime-management-config.ts';

const arn = 'arn:aws:lambda:us-east-1:111122223333:function:hello';
const name = { FunctionName: 'hello' };

async function openWithHello() {
  const core = await openTestCore();
  await createFunction(core, caller, { ...createRequest('hello'), Publish: true });
  return core;
}

test('recursive loops are allowed, and nothing else can be asked for', async () => {
  const core = await openWithHello();
  expect(await getFunctionRecursionConfig(core, caller, name)).toEqual({ RecursiveLoop: 'Allow' });
  const allow = { ...name, RecursiveLoop: 'Allow' };
  expect(await putFunctionRecursionConfig(core, caller, allow)).toEqual({ RecursiveLoop: 'Allow' });
  await expect(
    putFunctionRecursionConfig(core, caller, { ...name, RecursiveLoop: 'Terminate' }),
  ).rejects.toMatchObject({ message: expect.stringMatching(/^Hearth does not detect recursive loops/) });
  await expect(putFunctionRecursionConfig(core, caller, name)).rejects.toMatchObject({
    message: expect.stringContaining("Value null at 'recursiveLoop'"),
  });
});

test('runtimes are updated automatically, and nothing else can be asked for', async () => {
  const core = await openWithHello();
  const answer = { UpdateRuntimeOn: 'Auto', FunctionArn: arn };
  expect(await getRuntimeManagementConfig(core, caller, name)).toEqual(answer);
  const request = { ...name, Qualifier: '1', UpdateRuntimeOn: 'Auto' };
  expect(await putRuntimeManagementConfig(core, caller, request)).toEqual({
    ...answer,
    FunctionArn: `${arn}:1`,
  });
  for (const UpdateRuntimeOn of ['FunctionUpdate', 'Manual']) {
    await expect(
      putRuntimeManagementConfig(core, caller, { ...name, UpdateRuntimeOn }),
    ).rejects.toMatchObject({ message: expect.stringMatching(/^Hearth runs every function/) });
  }
});

test('no function has a code signing configuration', async () => {
  const core = await openWithHello();
  expect(await getFunctionCodeSigningConfig(core, caller, name)).toEqual({});
});

test('a missing function has none of them', async () => {
  const core = await openTestCore();
  const request = { ...name, RecursiveLoop: 'Allow', UpdateRuntimeOn: 'Auto' };
  for (const verb of [
    getFunctionCodeSigningConfig,
    getFunctionRecursionConfig,
    putFunctionRecursionConfig,
    getRuntimeManagementConfig,
    putRuntimeManagementConfig,
  ]) {
    await expect(verb(core, caller, request)).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: `Function not found: ${arn}`,
    });
  }
});
