import { expect, test } from 'vitest';
import { closeCore } from '../core.ts';
import { createFunction } from '../functions/create-function.ts';
import { deleteFunction } from '../functions/delete-function.ts';
import { getAccountSettings } from '../functions/get-account-settings.ts';
import { getFunction } from '../functions/get-function.ts';
import { caller, createRequest, openTestCore, temporaryDirectory } from '../test-core.ts';
import { publishVersion } from '../versions/publish-version.ts';
import { deleteFunctionConcurrency } from './delete-function-concurrency.ts';
import { getFunctionConcurrency } from './get-function-concurrency.ts';
import { putFunctionConcurrency } from './put-function-concurrency.ts';

const arn = 'arn:aws:lambda:us-east-1:111122223333:function';
const put = (FunctionName: string, ReservedConcurrentExecutions?: number) => ({
  FunctionName,
  ReservedConcurrentExecutions,
});

async function openWith(names: string[], dataDirectory = temporaryDirectory()) {
  const core = await openTestCore({ dataDirectory });
  for (const name of names) await createFunction(core, caller, createRequest(name));
  const unreserved = async () =>
    (await getAccountSettings(core, caller, {})).AccountLimit?.UnreservedConcurrentExecutions;
  return { core, unreserved };
}

test('a reservation is made, shown, changed and given up, and the account has what is left', async () => {
  const { core, unreserved } = await openWith(['one', 'two']);
  const name = { FunctionName: 'one' };
  expect(await getFunctionConcurrency(core, caller, name)).toEqual({});
  expect(await getFunction(core, caller, name)).not.toHaveProperty('Concurrency');
  const answer = await putFunctionConcurrency(core, caller, put('one', 300));
  expect(answer).toEqual({ ReservedConcurrentExecutions: 300 });
  await putFunctionConcurrency(core, caller, put('two', 0));
  expect(await getFunctionConcurrency(core, caller, name)).toEqual(answer);
  await publishVersion(core, caller, name);
  for (const Qualifier of [undefined, '1']) {
    expect((await getFunction(core, caller, { ...name, Qualifier })).Concurrency).toEqual(answer);
  }
  expect(await unreserved()).toBe(700);
  await putFunctionConcurrency(core, caller, put('one', 900));
  expect(await unreserved()).toBe(100);
  await deleteFunctionConcurrency(core, caller, name);
  await deleteFunctionConcurrency(core, caller, name);
  expect(await getFunctionConcurrency(core, caller, name)).toEqual({});
  expect(await unreserved()).toBe(1000);
});

test('100 executions stay for the functions that reserve none, however many reserve at once', async () => {
  const { core, unreserved } = await openWith(['one', 'two', 'three']);
  const outcomes = await Promise.allSettled(
    ['one', 'two', 'three'].map((name) => putFunctionConcurrency(core, caller, put(name, 450))),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: {
      code: 'InvalidParameterValueException',
      message:
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    },
  });
  expect(await unreserved()).toBe(100);
});

test('reservations outlast a restart, and end with their functions', async () => {
  const dataDirectory = temporaryDirectory();
  const { core: first } = await openWith(['one'], dataDirectory);
  await putFunctionConcurrency(first, caller, put('one', 300));
  await closeCore(first);
  const { core, unreserved } = await openWith([], dataDirectory);
  expect(await unreserved()).toBe(700);
  await deleteFunction(core, caller, { FunctionName: 'one' });
  expect(await unreserved()).toBe(1000);
  await createFunction(core, caller, createRequest('one'));
  expect(await getFunctionConcurrency(core, caller, { FunctionName: 'one' })).toEqual({});
});

test('another account’s reservations are its own', async () => {
  const { core, unreserved } = await openWith([]);
  const other = { ...caller, accountId: '999999999999' };
  await createFunction(core, other, createRequest('one'));
  await putFunctionConcurrency(core, other, put('one', 900));
  expect(await unreserved()).toBe(1000);
});

test('refusals are worded as Lambda’s', async () => {
  const { core } = await openWith(['one']);
  await expect(putFunctionConcurrency(core, caller, put('missing', 1))).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: `Function not found: ${arn}:missing:$LATEST`,
  });
  for (const qualifier of ['1', '$LATEST']) {
    await expect(putFunctionConcurrency(core, caller, put(`one:${qualifier}`, 1))).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringMatching(/^This operation is permitted on Lambda functions only\./),
    });
  }
  await expect(putFunctionConcurrency(core, caller, put('one', -1))).rejects.toMatchObject({
    message:
      "1 validation error detected: Value '-1' at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 0",
  });
  await expect(putFunctionConcurrency(core, caller, put('one'))).rejects.toMatchObject({
    message:
      "1 validation error detected: Value null at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must not be null",
  });
  for (const verb of [getFunctionConcurrency, deleteFunctionConcurrency]) {
    await expect(verb(core, caller, { FunctionName: 'missing' })).rejects.toMatchObject({
      message: `Function not found: ${arn}:missing`,
    });
  }
});
