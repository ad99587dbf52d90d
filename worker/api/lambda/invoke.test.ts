import net from 'node:net';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { InvokeRequest, InvokeResult } from '../../engine/engine.ts';
import { connectClient, createFunction, signHeaders, startTestApi, type TestApi } from '../test-api.ts';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:hello';
const invocations = '/2015-03-31/functions/hello/invocations';

test('what a client asks for reaches the engine, and what the engine says the client', async () => {
  const requests: InvokeRequest[] = [];
  const server = await startWithFunction(async (request) => {
    requests.push(request);
    return {
      payload: Buffer.from('{"errorType":"Error"}'),
      functionError: 'Unhandled',
      executedVersion: '$LATEST',
      logTail: Buffer.from('END RequestId'),
    };
  });
  const result = await connectClient(server).send(
    new InvokeCommand({
      FunctionName: arn,
      Qualifier: '$LATEST',
      LogType: 'Tail',
      ClientContext: Buffer.from('{"custom":{"a":"é"}}').toString('base64'),
      Payload: '{"key": "value"}',
    }),
  );
  expect(result).toMatchObject({
    StatusCode: 200,
    FunctionError: 'Unhandled',
    ExecutedVersion: '$LATEST',
    LogResult: Buffer.from('END RequestId').toString('base64'),
  });
  expect(result.Payload?.transformToString()).toBe('{"errorType":"Error"}');
  expect(requests).toEqual([
    {
      requestId: result.$metadata.requestId,
      executable: expect.objectContaining({
        functionName: 'hello',
        version: '$LATEST',
        handler: 'index.handler',
      }),
      invokedFunctionArn: `${arn}:$LATEST`,
      payload: Buffer.from('{"key": "value"}'),
      clientContext: '{"custom":{"a":"é"}}',
      callerArn: 'arn:aws:iam::000000000000:root',
      traceId: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/),
      tailLog: true,
    },
  ]);
});

test('events are not looked into: bytes arrive as bytes, and none as none', async () => {
  const payloads: Buffer[] = [];
  const server = await startWithFunction(async ({ payload }) => {
    payloads.push(payload);
    return { payload: Buffer.from('null'), executedVersion: '$LATEST' };
  });
  const bytes = Buffer.from([0xff, 0x00, 0x7b]);
  const answer = await server.sendSigned(invocations, { method: 'POST', body: bytes });
  expect(answer).toMatchObject({
    status: 200,
    body: 'null',
    headers: { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' },
  });
  expect(answer.headers).not.toHaveProperty('x-amz-function-error');
  expect(answer.headers).not.toHaveProperty('x-amz-log-result');
  await server.sendSigned(invocations, { method: 'POST' });
  expect(payloads).toEqual([bytes, Buffer.alloc(0)]);
});

test('a trace goes on where the client began it', async () => {
  const traces: string[] = [];
  const server = await startWithFunction(async ({ traceId }) => {
    traces.push(traceId);
    return { payload: Buffer.from('null'), executedVersion: '$LATEST' };
  });
  const root = 'Root=1-5759e988-bd862e3fe1be46a994272793';
  const whole = `${root};Parent=53995c3f42cd8ad8;Sampled=1`;
  for (const header of [whole, `Self=1;${root}`, 'Root=1-2-3;Sampled=1', 'x'.repeat(5000)]) {
    const headers = { 'x-amzn-trace-id': header };
    const answer = await server.sendSigned(invocations, { method: 'POST', headers });
    expect(answer.headers['x-amzn-trace-id']).toBe(traces.at(-1));
  }
  expect(traces).toEqual([
    whole,
    expect.stringMatching(new RegExp(`^${root};Parent=[0-9a-f]{16};Sampled=0$`)),
    expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/),
    expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/),
  ]);
});

test('DryRun checks everything and runs nothing', async () => {
  const server = await startWithFunction(async () => {
    throw new Error('It ran.');
  });
  const client = connectClient(server);
  const dryRun = { FunctionName: 'hello', InvocationType: 'DryRun' } as const;
  expect((await client.send(new InvokeCommand(dryRun))).StatusCode).toBe(204);
  await expect(client.send(new InvokeCommand({ ...dryRun, FunctionName: 'none' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

const wrongContext = 'Client context must be a valid Base64-encoded JSON object.';
const enumText = (value: string, member: string, values: string) =>
  `Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${values}]`;

test.each<[string, Record<string, string>, number, string, string]>([
  [
    'an unknown invocation type',
    { 'x-amz-invocation-type': 'request' },
    400,
    'ValidationException',
    `1 validation error detected: ${enumText('request', 'invocationType', 'Event, RequestResponse, DryRun')}`,
  ],
  [
    'an unknown invocation type and log type',
    { 'x-amz-invocation-type': 'x', 'x-amz-log-type': 'tail' },
    400,
    'ValidationException',
    `2 validation errors detected: ${enumText('x', 'invocationType', 'Event, RequestResponse, DryRun')}; ${enumText('tail', 'logType', 'None, Tail')}`,
  ],
  [
    'asynchronous invocation',
    { 'x-amz-invocation-type': 'Event' },
    501,
    'NotImplementedException',
    'Hearth does not support asynchronous invocation (InvocationType Event) yet. Use RequestResponse.',
  ],
  [
    'a tenant',
    { 'x-amz-tenant-id': 'blue' },
    400,
    'InvalidParameterValueException',
    'Tenant ID configuration not specified or passed to a function when tenant isolation is not enabled.',
  ],
  [
    'a durable execution',
    { 'x-amz-durable-execution-name': 'run-1' },
    501,
    'NotImplementedException',
    'Hearth does not support durable executions (DurableExecutionName) yet.',
  ],
  [
    'a client context that is no base64',
    { 'x-amz-client-context': '{}' },
    400,
    'InvalidRequestContentException',
    wrongContext,
  ],
  [
    'a client context that is no JSON',
    { 'x-amz-client-context': 'e30' + 'e30=' },
    400,
    'InvalidRequestContentException',
    wrongContext,
  ],
  [
    'a client context that is no object',
    { 'x-amz-client-context': 'W10=' },
    400,
    'InvalidRequestContentException',
    wrongContext,
  ],
  [
    'a client context that is too long',
    { 'x-amz-client-context': Buffer.from(JSON.stringify({ a: 'x'.repeat(2700) })).toString('base64') },
    400,
    'InvalidRequestContentException',
    'Client context must be at most 3583 bytes of Base64, not 3612.',
  ],
])('an invocation with %s is refused', async (_what, headers, status, code, message) => {
  const server = await startWithFunction();
  const answer = await server.sendSigned(invocations, { method: 'POST', headers });
  expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([status, code]);
  const { message: lower, Message: upper } = JSON.parse(answer.body);
  expect(lower ?? upper).toBe(message);
});

test.each([
  [
    'bad name!',
    400,
    'ValidationException',
    /^1 validation error detected: Value 'bad name!' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
  ],
  [
    'arn:aws:lambda:eu-west-1:000000000000:function:hello',
    404,
    'ResourceNotFoundException',
    /^Functions from 'eu-west-1' are not reachable in this region \('us-east-1'\)$/,
  ],
  [
    'arn:aws:lambda:us-east-1:111122223333:function:hello',
    403,
    'AccessDeniedException',
    /lambda:InvokeFunction on resource/,
  ],
  [
    'hello:7',
    404,
    'ResourceNotFoundException',
    /^Function not found: arn:aws:lambda:us-east-1:000000000000:function:hello:7$/,
  ],
  ['HELLO', 404, 'ResourceNotFoundException', /^Function not found: .*:function:HELLO/],
  ['arn:aws:s3:::bucket', 400, 'ValidationException', /^1 validation error detected: /],
  ['', 400, 'ValidationException', /'functionName' failed to satisfy constraint: Member must .*/],
  ['a'.repeat(257), 400, 'ValidationException', /Member must have length less than or equal to 256/],
])('a function named "%s" cannot be invoked', async (name, status, code, message) => {
  const server = await startWithFunction();
  const path = `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
  const answer = await server.sendSigned(path, { method: 'POST' });
  expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([status, code]);
  const body = JSON.parse(answer.body);
  expect(body.message ?? body.Message).toMatch(message);
});

test('qualifiers in the name and beside it must agree', async () => {
  const server = await startWithFunction();
  const answer = await server.sendSigned('/2015-03-31/functions/hello%3A%24LATEST/invocations?Qualifier=1', {
    method: 'POST',
  });
  expect(JSON.parse(answer.body)).toEqual({
    Type: 'User',
    message: 'The derived qualifier from the function name does not match the specified qualifier.',
  });
});

test('an event of 6 MB is accepted, and one byte more is not', async () => {
  const server = await startWithFunction(async ({ payload }) => ({
    payload: Buffer.from(String(payload.length)),
    executedVersion: '$LATEST',
  }));
  const body = Buffer.alloc(6_291_456, 0x20);
  expect(await server.sendSigned(invocations, { method: 'POST', body })).toMatchObject({
    status: 200,
    body: '6291456',
  });
  const more = Buffer.concat([body, Buffer.from(' ')]);
  const refused = await server.sendSigned(invocations, { method: 'POST', body: more });
  expect([refused.status, refused.headers['x-amzn-errortype']]).toEqual([413, 'RequestTooLargeException']);
  expect(JSON.parse(refused.body)).toEqual({
    Type: 'User',
    message:
      '6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)',
  });
  const headers = await signHeaders(server.port, invocations, { method: 'POST', body: more });
  const chunked = await server.send(invocations, {
    method: 'POST',
    headers: { ...headers, 'transfer-encoding': 'chunked' },
    body: more,
  });
  expect(chunked).toMatchObject({ status: 413, headers: { 'x-amzn-errortype': 'RequestTooLargeException' } });
});

test('an invocation goes on when its client has left, and the server with it', async () => {
  const { promise: started, resolve: start } = Promise.withResolvers<void>();
  const { promise: finish, resolve: end } = Promise.withResolvers<void>();
  const { promise: ended, resolve: tell } = Promise.withResolvers<void>();
  const server = await startWithFunction(async () => {
    start();
    await finish;
    tell();
    return { payload: Buffer.from('null'), executedVersion: '$LATEST' };
  });
  const headers = await signHeaders(server.port, invocations, { method: 'POST' });
  const socket = net.connect(server.port, '127.0.0.1');
  const lines = Object.entries({ ...headers, 'content-length': '0' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.write(`POST ${invocations} HTTP/1.1\r\n${lines.join('')}\r\n`);
  await started;
  socket.destroy();
  end();
  await ended;
  expect((await server.send('/hearth/health')).status).toBe(200);
  expect(server.log).toEqual([]);
});

test('what nobody planned is told to the log, and to the client only that it happened', async () => {
  const server = await startWithFunction(async () => {
    throw new Error('secret detail');
  });
  const answer = await server.sendSigned(invocations, { method: 'POST' });
  expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([500, 'ServiceException']);
  expect(JSON.parse(answer.body)).toEqual({
    Type: 'Service',
    Message: 'The service encountered an internal error.',
  });
  expect(server.log.join()).toContain('secret detail');
  expect(server.log.join()).toContain(answer.headers['x-amzn-requestid']);
});

async function startWithFunction(
  invoke?: (request: InvokeRequest) => Promise<InvokeResult>,
): Promise<TestApi> {
  const server = await startTestApi({ invoke });
  await createFunction(server, 'hello');
  return server;
}
