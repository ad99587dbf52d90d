import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { caller, createRequest, openTestCore, TestClock } from '../test-core.ts';
import { createFunction } from './create-function.ts';
import { deleteFunction } from './delete-function.ts';
import { getAccountSettings } from './get-account-settings.ts';
import { listFunctions } from './list-functions.ts';
import { resolveExecutable } from './resolve-executable.ts';

test('a deleted function is gone for everybody, and those who asked are told', async () => {
  const core = await openTestCore();
  const { FunctionArn } = await createFunction(core, caller, createRequest('hello'));
  await resolveExecutable(core, caller, 'hello');
  const changes: unknown[] = [];
  core.functions.onChange((...change) => changes.push(change));
  await deleteFunction(core, caller, { FunctionName: 'hello' });
  expect(changes).toEqual([[FunctionArn, '$LATEST', null]]);
  expect(await listFunctions(core, caller, {})).toEqual({ Functions: [] });
  expect((await getAccountSettings(core, caller, {})).AccountUsage).toEqual({
    FunctionCount: 0,
    TotalCodeSize: 0,
  });
  await expect(resolveExecutable(core, caller, 'hello')).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
  await createFunction(core, caller, createRequest('hello'));
});

test('its package goes a minute later, unless another function runs the same', async () => {
  const clock = new TestClock();
  const core = await openTestCore({ clock });
  for (const [name, code] of [
    ['a', 'same'],
    ['b', 'same'],
    ['c', 'other'],
    ['last', 'last'],
  ] as const) {
    await createFunction(core, caller, createRequest(name, code));
  }
  const directory = async (name: string) =>
    (await resolveExecutable(core, caller, name)).executable.codeDirectory;
  const [same, other] = [await directory('a'), await directory('c')];
  await deleteFunction(core, caller, { FunctionName: 'a' });
  await deleteFunction(core, caller, { FunctionName: 'c' });
  expect([existsSync(same), existsSync(other)]).toEqual([true, true]);
  clock.milliseconds += 60_000;
  await deleteFunction(core, caller, { FunctionName: 'last' });
  await core.codeStore.close();
  expect([existsSync(same), existsSync(other)]).toEqual([true, false]);
});

test('$LATEST and aliases cannot be deleted alone, and what is not there is not found', async () => {
  const core = await openTestCore();
  await createFunction(core, caller, createRequest('hello'));
  await expect(deleteFunction(core, caller, { FunctionName: 'hello:$LATEST' })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: '$LATEST version cannot be deleted without deleting the function.',
  });
  await expect(deleteFunction(core, caller, { FunctionName: 'hello:live' })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: 'Deletion of aliases is not currently supported.',
  });
  const arn = 'arn:aws:lambda:us-east-1:111122223333:function';
  for (const [FunctionName, Qualifier, missing] of [
    ['missing', '7', `${arn}:missing:7`],
    ['missing', undefined, `${arn}:missing`],
  ]) {
    await expect(deleteFunction(core, caller, { FunctionName, Qualifier })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: `Function not found: ${missing}`,
    });
  }
});
