import { Readable } from 'node:stream';
import { InvokeWithResponseStreamCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { InvokeRequest, InvokeResult, StreamedResult } from '../../engine/engine.ts';
import { connectClient, createFunction, startTestApi, type TestApi } from '../test-api.ts';

const path = '/2021-11-15/functions/hello/response-streaming-invocations';
const done: InvokeResult = { payload: Buffer.alloc(0), executedVersion: '$LATEST' };

async function startStreaming(
  chunks: Readable,
  completed: Promise<InvokeResult>,
): Promise<TestApi & { requests: InvokeRequest[] }> {
  const requests: InvokeRequest[] = [];
  const stream = async (request: InvokeRequest): Promise<StreamedResult> => {
    requests.push(request);
    return { executedVersion: '$LATEST', contentType: 'text/plain', chunks, completed };
  };
  const server = await startTestApi({ stream });
  await createFunction(server, 'hello');
  return { ...server, requests };
}

test('the first chunk reaches the client before the function ends', async () => {
  const chunks = new Readable({ read: () => {} });
  const { promise, resolve } = Promise.withResolvers<InvokeResult>();
  const server = await startStreaming(chunks, promise);
  chunks.push('first');
  const result = await connectClient(server).send(
    new InvokeWithResponseStreamCommand({ FunctionName: 'hello', Payload: '{}', LogType: 'Tail' }),
  );
  expect(result).toMatchObject({
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    ResponseStreamContentType: 'application/vnd.amazon.eventstream',
  });
  const events = result.EventStream?.[Symbol.asyncIterator]();
  const first = await events?.next();
  expect(Buffer.from(first?.value.PayloadChunk.Payload).toString()).toBe('first');
  chunks.push('second');
  chunks.push(null);
  resolve({ ...done, logTail: Buffer.from('END') });
  const second = await events?.next();
  expect(Buffer.from(second?.value.PayloadChunk.Payload).toString()).toBe('second');
  expect((await events?.next())?.value).toEqual({ InvokeComplete: { LogResult: 'RU5E' } });
  expect((await events?.next())?.done).toBe(true);
  expect(server.requests).toMatchObject([{ tailLog: true, payload: Buffer.from('{}') }]);
});

test('a late error is told in the last message', async () => {
  const failed: InvokeResult = {
    payload: Buffer.from('{"errorType":"Error"}'),
    functionError: 'Unhandled',
    executedVersion: '$LATEST',
  };
  const server = await startStreaming(Readable.from([Buffer.from('begun')]), Promise.resolve(failed));
  const { EventStream = [] } = await connectClient(server).send(
    new InvokeWithResponseStreamCommand({ FunctionName: 'hello' }),
  );
  const events: unknown[] = [];
  for await (const event of EventStream) events.push(event);
  expect(events).toEqual([
    { PayloadChunk: { Payload: expect.any(Uint8Array) } },
    { InvokeComplete: { ErrorCode: 'Unhandled', ErrorDetails: '{"errorType":"Error"}' } },
  ]);
});

test('DryRun runs nothing, and Event is no way to stream', async () => {
  const server = await startStreaming(Readable.from([]), Promise.resolve(done));
  const headers = { 'x-amz-invocation-type': 'DryRun' };
  expect((await server.sendSigned(path, { method: 'POST', headers })).status).toBe(204);
  const event = await server.sendSigned(path, {
    method: 'POST',
    headers: { 'x-amz-invocation-type': 'Event' },
  });
  expect(event).toMatchObject({ status: 400, headers: { 'x-amzn-errortype': 'ValidationException' } });
  expect(event.body).toContain('Member must satisfy enum value set: [RequestResponse, DryRun]');
  expect(server.requests).toEqual([]);
});

test('when the client leaves, the response is read no further', async () => {
  const chunks = new Readable({ read: () => {} });
  const server = await startStreaming(chunks, new Promise(() => {}));
  chunks.push('first');
  const client = connectClient(server);
  const { EventStream } = await client.send(new InvokeWithResponseStreamCommand({ FunctionName: 'hello' }));
  await EventStream?.[Symbol.asyncIterator]().next();
  const closed = new Promise((resolve) => chunks.on('close', resolve));
  client.destroy();
  await closed;
  expect(server.log).toEqual([]);
});
