import {
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionCommand,
  InvokeCommand,
  type LambdaClient,
  PublishVersionCommand,
  paginateListAliases,
  paginateListFunctions,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
  waitUntilPublishedVersionActive,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hearth, startHearth } from '../harness/hearth.ts';
import { awsError, createFunction, functionInput, invoke, lambdaClient, zipOf } from './client.ts';

let hearth: Hearth;
let client: LambdaClient;

beforeAll(async () => {
  hearth = await startHearth();
  client = lambdaClient(hearth);
});
afterAll(() => hearth?.stop());

const maxWaitTime = 30;
const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const source = (answer: string) => `export const handler = async (event, context) => ({
  answer: '${answer}',
  version: context.functionVersion,
  variable: process.env.AWS_LAMBDA_FUNCTION_VERSION,
  arn: context.invokedFunctionArn,
  stream: context.logStreamName,
});`;

/** A function of two versions, `one` and `two`. */
async function createVersions(FunctionName: string): Promise<void> {
  await client.send(
    new CreateFunctionCommand({ ...functionInput(FunctionName, source('one')), Publish: true }),
  );
  await waitUntilFunctionActiveV2({ client, maxWaitTime }, { FunctionName, Qualifier: '1' });
  const ZipFile = zipOf({ 'index.mjs': source('two') });
  const updated = await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile, Publish: true }));
  expect(updated).toMatchObject({ Version: '2', FunctionArn: `${arn(FunctionName)}:2` });
  await waitUntilFunctionUpdatedV2({ client, maxWaitTime }, { FunctionName });
  await waitUntilPublishedVersionActive({ client, maxWaitTime }, { FunctionName, Qualifier: '2' });
}

test('versions keep the code and configuration that they were published with', async () => {
  const FunctionName = 'published';
  await createVersions(FunctionName);
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 9 }));
  const third = await client.send(new PublishVersionCommand({ FunctionName, Description: 'Third.' }));
  expect(third).toMatchObject({
    $metadata: { httpStatusCode: 201 },
    Version: '3',
    Description: 'Third.',
    State: 'Active',
    Timeout: 9,
  });
  expect((await client.send(new PublishVersionCommand({ FunctionName }))).Version).toBe('3');
  for (const [Qualifier, answer] of [
    ['1', 'one'],
    ['2', 'two'],
  ]) {
    const result = await invoke(client, FunctionName, {}, { Qualifier });
    expect(result.ExecutedVersion).toBe(Qualifier);
    expect(result.answer).toMatchObject({
      answer,
      version: Qualifier,
      variable: Qualifier,
      arn: `${arn(FunctionName)}:${Qualifier}`,
      stream: expect.stringContaining(`[${Qualifier}]`),
    });
  }
  const byArn = await client.send(new GetFunctionCommand({ FunctionName: `${arn(FunctionName)}:1` }));
  expect(byArn.Configuration).toMatchObject({ Version: '1', Timeout: 3 });
  const code = await fetch(String(byArn.Code?.Location));
  expect(Buffer.from(await code.arrayBuffer())).toEqual(Buffer.from(zipOf({ 'index.mjs': source('one') })));
  const versions: unknown[] = [];
  const pages = paginateListVersionsByFunction({ client, pageSize: 3 }, { FunctionName });
  for await (const { Versions = [] } of pages) versions.push(...Versions.map(({ Version }) => Version));
  expect(versions).toEqual(['$LATEST', '1', '2', '3']);
  const arns: unknown[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client }, { FunctionVersion: 'ALL' })) {
    arns.push(...Functions.map(({ FunctionArn }) => FunctionArn));
  }
  expect(arns).toEqual(expect.arrayContaining(versions.map((version) => `${arn(FunctionName)}:${version}`)));
});

test('an alias leads invocations to its version, and is moved without an interruption', async () => {
  const FunctionName = 'aliased';
  const Name = 'live';
  await createVersions(FunctionName);
  const created = await client.send(
    new CreateAliasCommand({ FunctionName, Name, FunctionVersion: '1', Description: 'Users.' }),
  );
  expect(created).toMatchObject({
    $metadata: { httpStatusCode: 201 },
    AliasArn: `${arn(FunctionName)}:live`,
    FunctionVersion: '1',
    Description: 'Users.',
  });
  const first = await invoke(client, `${arn(FunctionName)}:live`);
  expect(first.ExecutedVersion).toBe('1');
  expect(first.answer).toMatchObject({ answer: 'one', version: '1', arn: `${arn(FunctionName)}:live` });
  const { RevisionId } = created;
  await client.send(new UpdateAliasCommand({ FunctionName, Name, FunctionVersion: '2', RevisionId }));
  expect((await invoke(client, FunctionName, {}, { Qualifier: 'live' })).answer).toMatchObject({
    answer: 'two',
  });
  await expect(
    client.send(new UpdateAliasCommand({ FunctionName, Name, FunctionVersion: '1', RevisionId })),
  ).rejects.toMatchObject({ name: 'PreconditionFailedException', $metadata: { httpStatusCode: 412 } });
  await expect(
    client.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '2' })),
  ).rejects.toMatchObject({ name: 'ResourceConflictException', $metadata: { httpStatusCode: 409 } });
  const names: unknown[] = [];
  for await (const { Aliases = [] } of paginateListAliases({ client, pageSize: 1 }, { FunctionName })) {
    names.push(...Aliases.map((alias) => alias.Name));
  }
  expect(names).toEqual(['live']);
  await client.send(new DeleteAliasCommand({ FunctionName, Name }));
  await client.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '2' }));
  await expect(client.send(new GetAliasCommand({ FunctionName, Name }))).rejects.toEqual(
    awsError('ResourceNotFoundException', 404, `Cannot find alias arn: ${arn(FunctionName)}:live`),
  );
  await expect(invoke(client, FunctionName, {}, { Qualifier: 'live' })).rejects.toEqual(
    awsError('ResourceNotFoundException', 404, `Function not found: ${arn(FunctionName)}:live`),
  );
});

test('a routing configuration sends invocations to both versions, and tells which', async () => {
  const FunctionName = 'routed';
  await createVersions(FunctionName);
  const routing = (weight: number) => ({ AdditionalVersionWeights: { 2: weight } });
  const alias = { FunctionName, Name: 'live' };
  await client.send(new CreateAliasCommand({ ...alias, FunctionVersion: '1', RoutingConfig: routing(1) }));
  expect((await invoke(client, 'routed:live')).ExecutedVersion).toBe('2');
  const { RoutingConfig } = await client.send(
    new UpdateAliasCommand({ ...alias, RoutingConfig: routing(0.5) }),
  );
  expect(RoutingConfig).toEqual(routing(0.5));
  // That one of them is never chosen happens once in 10^19 times.
  const versions = new Set<string | undefined>();
  for (let i = 0; i < 64; i += 1) {
    const { ExecutedVersion, answer } = await invoke(client, 'routed:live');
    expect(answer).toMatchObject({ version: ExecutedVersion });
    versions.add(ExecutedVersion);
  }
  expect([...versions].sort()).toEqual(['1', '2']);
});

test('tagging, publishing and changes of $LATEST leave the environments of a version warm', async () => {
  const FunctionName = 'warm';
  await client.send(
    new CreateFunctionCommand({
      ...functionInput(FunctionName, 'let count = 0; export const handler = async () => (count += 1);'),
      Publish: true,
    }),
  );
  const count = async (Qualifier?: string) => (await invoke(client, 'warm', {}, { Qualifier })).answer;
  expect([await count('1'), await count(), await count()]).toEqual([1, 1, 2]);
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 9 }));
  await waitUntilFunctionUpdatedV2({ client, maxWaitTime }, { FunctionName });
  expect([await count('1'), await count()]).toEqual([2, 1]);
  await client.send(new PublishVersionCommand({ FunctionName }));
  expect([await count('1'), await count(), await count('2')]).toEqual([3, 2, 1]);
});

test('a dry run tells the version too', async () => {
  await createFunction(client, 'dry', source('one'));
  await client.send(new PublishVersionCommand({ FunctionName: 'dry' }));
  const answer = await client.send(
    new InvokeCommand({ FunctionName: 'dry', Qualifier: '1', InvocationType: 'DryRun' }),
  );
  expect(answer).toMatchObject({ StatusCode: 204, ExecutedVersion: '1' });
});
