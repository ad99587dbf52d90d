import { createHash } from 'node:crypto';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  paginateListFunctions,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionExists,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hearth, startHearth } from '../harness/hearth.ts';
import { awsError, createFunction, functionInput, invoke, lambdaClient, role, zipOf } from './client.ts';

let hearth: Hearth;
let client: LambdaClient;

beforeAll(async () => {
  hearth = await startHearth();
  client = lambdaClient(hearth);
});
afterAll(() => hearth?.stop());

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const hello = `export const handler = async (event) => ({ hello: event.name ?? 'world' });`;
const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');

test('a function is created, becomes active, answers, is changed and is deleted', async () => {
  const FunctionName = 'life';
  const zip = zipOf({ 'index.mjs': hello });
  const created = await client.send(
    new CreateFunctionCommand({
      ...functionInput(FunctionName, hello),
      Description: 'A whole life',
      Environment: { Variables: { COLOUR: 'ember' } },
    }),
  );
  expect(created).toMatchObject({
    $metadata: { httpStatusCode: 201 },
    FunctionName,
    FunctionArn: arn(FunctionName),
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: role,
    Description: 'A whole life',
    CodeSize: zip.length,
    CodeSha256: sha256(zip),
    Timeout: 3,
    MemorySize: 128,
    EphemeralStorage: { Size: 512 },
    Environment: { Variables: { COLOUR: 'ember' } },
    PackageType: 'Zip',
    Version: '$LATEST',
    State: 'Pending',
    StateReason: 'The function is being created.',
    StateReasonCode: 'Creating',
    RevisionId: expect.stringMatching(uuid),
    LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
  });
  await waitUntilFunctionExists({ client, maxWaitTime: 30 }, { FunctionName });
  await waitUntilFunctionActiveV2({ client, maxWaitTime: 30 }, { FunctionName });

  const active = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
  expect(active).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
  expect(active.StateReason).toBeUndefined();
  expect(active.RevisionId).not.toBe(created.RevisionId);
  expect((await invoke(client, FunctionName)).answer).toEqual({ hello: 'world' });

  const configured = await client.send(
    new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 256, Timeout: 7 }),
  );
  expect(configured).toMatchObject({ MemorySize: 256, Timeout: 7, Description: 'A whole life' });
  expect(configured).toMatchObject({ State: 'Active', LastUpdateStatus: 'InProgress' });
  await waitUntilFunctionUpdatedV2({ client, maxWaitTime: 30 }, { FunctionName });

  const next = zipOf({ 'index.mjs': `export const handler = async () => process.env.COLOUR;` });
  const updated = await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: next }));
  expect(updated).toMatchObject({ CodeSha256: sha256(next), CodeSize: next.length, MemorySize: 256 });
  // Without waiting: Hearth holds the request until the update is done.
  expect((await invoke(client, FunctionName)).answer).toBe('ember');

  const deleted = await client.send(new DeleteFunctionCommand({ FunctionName }));
  expect(deleted.$metadata.httpStatusCode).toBe(204);
  const gone = awsError('ResourceNotFoundException', 404, `Function not found: ${arn(FunctionName)}`);
  await expect(client.send(new GetFunctionCommand({ FunctionName }))).rejects.toEqual(gone);
  await expect(client.send(new DeleteFunctionCommand({ FunctionName }))).rejects.toEqual(gone);
});

test('GetFunction links to the very bytes that were uploaded', async () => {
  const zip = zipOf({ 'index.mjs': hello, 'lib/data.json': '{"a":1}' });
  await createFunction(client, 'download', hello, { Code: { ZipFile: zip }, Tags: { team: 'blue' } });
  const { Code, Tags } = await client.send(new GetFunctionCommand({ FunctionName: 'download' }));
  expect(Code?.RepositoryType).toBe('S3');
  expect(Tags).toEqual({ team: 'blue' });

  const link = new URL(Code?.Location ?? '');
  expect(link.origin).toBe(hearth.apiOrigin);
  const response = await fetch(link);
  expect(response.status).toBe(200);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(zip));

  const last = link.href.at(-1);
  const forged = `${link.href.slice(0, -1)}${last === 'A' ? 'B' : 'A'}`;
  for (const wrong of [forged, link.href.slice(0, -1), new URL('/hearth/code/x', link).href]) {
    expect((await fetch(wrong)).status, wrong).toBe(403);
  }
});

test('ListFunctions gives every function once, in pages', async () => {
  const names = Array.from({ length: 7 }, (_, index) => `paged-${index}`);
  await Promise.all(names.map((name) => createFunction(client, name, hello)));
  const pages = [];
  for await (const page of paginateListFunctions({ client, pageSize: 3 }, {}))
    pages.push(page.Functions ?? []);
  expect(pages.slice(0, -1).every((page) => page.length === 3)).toBe(true);
  const listed = pages.flat().map(({ FunctionName }) => FunctionName);
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed).toEqual(expect.arrayContaining(names));
  // Lambda leaves the states out of lists.
  expect(pages.flat().some((listing) => 'State' in listing || 'LastUpdateStatus' in listing)).toBe(false);

  const all = [];
  for await (const page of paginateListFunctions({ client }, { FunctionVersion: 'ALL' }))
    all.push(...(page.Functions ?? []));
  expect(all.map(({ FunctionArn }) => FunctionArn)).toContain(`${arn('paged-0')}:$LATEST`);
});

test('a function is found by name, partial ARN, ARN and qualified ARN', async () => {
  await createFunction(client, 'many-names', hello);
  for (const FunctionName of [
    'many-names',
    'many-names:$LATEST',
    '000000000000:function:many-names',
    arn('many-names'),
    `${arn('many-names')}:$LATEST`,
  ]) {
    const { answer } = await invoke(client, FunctionName, { name: 'Ada' });
    expect(answer, FunctionName).toEqual({ hello: 'Ada' });
  }
  await expect(invoke(client, 'many-names:7')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a second function of the same name is refused', async () => {
  await createFunction(client, 'twice', hello);
  await expect(client.send(new CreateFunctionCommand(functionInput('twice', hello)))).rejects.toEqual(
    awsError('ResourceConflictException', 409, 'Function already exist: twice'),
  );
});

test('of two clients that change the same revision, the second is refused', async () => {
  await createFunction(client, 'revisions', hello);
  const { RevisionId } = await client.send(
    new GetFunctionConfigurationCommand({ FunctionName: 'revisions' }),
  );
  const update = (Description: string) =>
    client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'revisions', RevisionId, Description }),
    );
  await update('first');
  await expect(update('second')).rejects.toEqual(
    awsError(
      'PreconditionFailedException',
      412,
      'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    ),
  );
  const { Description } = await client.send(
    new GetFunctionConfigurationCommand({ FunctionName: 'revisions' }),
  );
  expect(Description).toBe('first');
});

test('DryRun of UpdateFunctionCode checks the package and changes nothing', async () => {
  await createFunction(client, 'rehearsal', hello);
  const before = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'rehearsal' }));
  const other = zipOf({ 'index.mjs': 'export const handler = () => 2;' });
  const answer = await client.send(
    new UpdateFunctionCodeCommand({ FunctionName: 'rehearsal', ZipFile: other, DryRun: true }),
  );
  expect(answer.CodeSha256).toBe(sha256(other));
  const after = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'rehearsal' }));
  expect({ ...after, $metadata: null }).toEqual({ ...before, $metadata: null });
});

test('GetAccountSettings counts functions and their code', async () => {
  const before = await client.send(new GetAccountSettingsCommand({}));
  await createFunction(client, 'counted', hello);
  const { AccountLimit, AccountUsage } = await client.send(new GetAccountSettingsCommand({}));
  expect(AccountLimit).toMatchObject({ CodeSizeZipped: 52_428_800, CodeSizeUnzipped: 262_144_000 });
  expect(AccountUsage?.FunctionCount).toBe((before.AccountUsage?.FunctionCount ?? 0) + 1);
  expect(AccountUsage?.TotalCodeSize).toBe(
    (before.AccountUsage?.TotalCodeSize ?? 0) + zipOf({ 'index.mjs': hello }).length,
  );
});
