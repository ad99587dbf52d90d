import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionRecursionConfigCommand,
  GetRuntimeManagementConfigCommand,
  type LambdaClient,
  ListTagsCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionRecursionConfigCommand,
  PutRuntimeManagementConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hearth, startHearth } from '../harness/hearth.ts';
import { createFunction, invoke, lambdaClient } from './client.ts';

let hearth: Hearth;
let client: LambdaClient;

beforeAll(async () => {
  hearth = await startHearth();
  client = lambdaClient(hearth);
});
afterAll(() => hearth?.stop());

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const throttled = (Reason: string) => ({
  name: 'TooManyRequestsException',
  message: 'Rate Exceeded.',
  Reason,
  $metadata: { httpStatusCode: 429 },
});

test('a function runs as often at a time as it has reserved, and not at all with 0', async () => {
  const FunctionName = 'reserved';
  await createFunction(
    client,
    FunctionName,
    'export const handler = (event) => new Promise((resolve) => setTimeout(resolve, event.milliseconds, 1));',
  );
  const put = (ReservedConcurrentExecutions: number) =>
    client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
  expect(await put(1)).toMatchObject({ ReservedConcurrentExecutions: 1 });
  const both = await Promise.allSettled([
    invoke(client, FunctionName, { milliseconds: 1500 }),
    invoke(client, FunctionName, { milliseconds: 1500 }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: throttled('ReservedFunctionConcurrentInvocationLimitExceeded'),
  });
  expect((await invoke(client, FunctionName, { milliseconds: 0 })).answer).toBe(1);
  await put(0);
  await expect(invoke(client, FunctionName)).rejects.toMatchObject(
    throttled('ReservedFunctionConcurrentInvocationLimitExceeded'),
  );
  await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  expect((await invoke(client, FunctionName, { milliseconds: 0 })).answer).toBe(1);
});

test('a reservation is shown with the function and in the account’s settings', async () => {
  const FunctionName = 'shown';
  await createFunction(client, FunctionName, 'export const handler = () => 1;');
  const before = await client.send(new GetFunctionConcurrencyCommand({ FunctionName }));
  expect(before.ReservedConcurrentExecutions).toBeUndefined();
  await client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 100 }));
  expect((await client.send(new GetFunctionCommand({ FunctionName }))).Concurrency).toEqual({
    ReservedConcurrentExecutions: 100,
  });
  expect((await client.send(new GetAccountSettingsCommand({}))).AccountLimit).toMatchObject({
    ConcurrentExecutions: 1000,
    UnreservedConcurrentExecutions: 900,
  });
  await expect(
    client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 901 })),
  ).rejects.toMatchObject({ name: 'InvalidParameterValueException', $metadata: { httpStatusCode: 400 } });
});

test('tags are listed, set and removed by ARN', async () => {
  await createFunction(client, 'tagged', 'export const handler = () => 1;', { Tags: { A: 'a' } });
  const Resource = arn('tagged');
  const tagged = await client.send(new TagResourceCommand({ Resource, Tags: { B: 'b', 'C/c:d': 'ü' } }));
  expect(tagged.$metadata.httpStatusCode).toBe(204);
  expect((await client.send(new ListTagsCommand({ Resource }))).Tags).toEqual({
    A: 'a',
    B: 'b',
    'C/c:d': 'ü',
  });
  await client.send(new UntagResourceCommand({ Resource, TagKeys: ['A', 'C/c:d'] }));
  expect((await client.send(new GetFunctionCommand({ FunctionName: 'tagged' }))).Tags).toEqual({ B: 'b' });
});

test('recursion and runtime management say what is so', async () => {
  const FunctionName = 'managed';
  await createFunction(client, FunctionName, 'export const handler = () => 1;');
  await client.send(new PutFunctionRecursionConfigCommand({ FunctionName, RecursiveLoop: 'Allow' }));
  expect((await client.send(new GetFunctionRecursionConfigCommand({ FunctionName }))).RecursiveLoop).toBe(
    'Allow',
  );
  await client.send(new PutRuntimeManagementConfigCommand({ FunctionName, UpdateRuntimeOn: 'Auto' }));
  expect(await client.send(new GetRuntimeManagementConfigCommand({ FunctionName }))).toMatchObject({
    UpdateRuntimeOn: 'Auto',
    FunctionArn: arn(FunctionName),
  });
});
