import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  ListFunctionsCommand,
  paginateListFunctions,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { connectClient, createFunction, functionInput, startTestApi, zipOf } from '../test-api.ts';

test('a function lives through the AWS SDK, from creation to deletion', async () => {
  const server = await startTestApi();
  const client = connectClient(server);
  const created = await client.send(
    new CreateFunctionCommand({
      ...functionInput,
      FunctionName: 'hello',
      Tags: { team: 'blue' },
    }),
  );
  expect(created).toMatchObject({
    FunctionName: 'hello',
    State: 'Pending',
    $metadata: { httpStatusCode: 201 },
  });
  expect(created.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  await waitUntilFunctionActiveV2(
    { client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.02 },
    { FunctionName: 'hello' },
  );

  const FunctionName = created.FunctionArn;
  const changed = await client.send(
    new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 256 }),
  );
  expect(changed.MemorySize).toBe(256);
  const deployed = zipOf('export const handler = async () => 2;');
  const code = await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: deployed }));
  expect(code.CodeSha256).not.toBe(created.CodeSha256);
  const configuration = await client.send(
    new GetFunctionConfigurationCommand({ FunctionName, Qualifier: '$LATEST' }),
  );
  expect(configuration).toMatchObject({ FunctionArn: `${FunctionName}:$LATEST`, MemorySize: 256 });
  const settings = await client.send(new GetAccountSettingsCommand({}));
  expect(settings.AccountUsage?.FunctionCount).toBe(1);

  const { Code, Tags } = await client.send(new GetFunctionCommand({ FunctionName: 'hello' }));
  expect(Tags).toEqual({ team: 'blue' });
  const download = await fetch(Code?.Location ?? '');
  expect(download.headers.get('content-type')).toBe('application/zip');
  expect(Buffer.from(await download.arrayBuffer())).toEqual(deployed);

  const deleted = await client.send(new DeleteFunctionCommand({ FunctionName: 'hello' }));
  expect(deleted.$metadata.httpStatusCode).toBe(204);
  await expect(client.send(new GetFunctionCommand({ FunctionName: 'hello' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:hello',
    $metadata: { httpStatusCode: 404 },
  });
});

test('functions are listed in pages', async () => {
  const server = await startTestApi();
  const client = connectClient(server);
  for (const name of ['a', 'b', 'c']) await createFunction(server, name);
  const names: (string | undefined)[][] = [];
  for await (const { Functions } of paginateListFunctions({ client, pageSize: 2 }, {})) {
    names.push(Functions?.map(({ FunctionName }) => FunctionName) ?? []);
  }
  expect(names).toEqual([['a', 'b'], ['c']]);
  await expect(client.send(new ListFunctionsCommand({ MaxItems: 0 }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

test('a link to the code works for ten minutes, and only as it was issued', async () => {
  const server = await startTestApi();
  await createFunction(server, 'hello');
  const answer = await server.sendSigned('/2015-03-31/functions/hello');
  const { pathname } = new URL(JSON.parse(answer.body).Code.Location);
  expect((await server.send(pathname)).status).toBe(200);
  const gone = await server.send(`/hearth/code/${server.core.codeLinks.issue('0'.repeat(64))}`);
  const forged = await server.send(`${pathname.slice(0, -2)}AA`);
  server.turnClock(601_000);
  const expired = await server.send(pathname);
  for (const refused of [gone, forged, expired, await server.send('/hearth/code/..%2F..%2Fmaster.key')]) {
    expect(refused).toMatchObject({ status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' } });
    expect(JSON.parse(refused.body)).toEqual({ Message: 'This link is not valid, or no longer.' });
  }
});

test('the path decides which function is meant, whatever body and query say', async () => {
  const server = await startTestApi();
  await createFunction(server, 'mine');
  await createFunction(server, 'other');
  const answer = await server.sendSigned('/2015-03-31/functions/mine/configuration?FunctionName=other', {
    method: 'PUT',
    body: '{"FunctionName":"other","Description":"changed"}',
  });
  expect(JSON.parse(answer.body)).toMatchObject({ FunctionName: 'mine', Description: 'changed' });
});

test('trailing slashes, as old SDKs send them, are accepted', async () => {
  const server = await startTestApi();
  expect((await server.sendSigned('/2015-03-31/functions/')).status).toBe(200);
});
