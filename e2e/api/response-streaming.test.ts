import {
  CreateFunctionUrlConfigCommand,
  InvokeWithResponseStreamCommand,
  type InvokeWithResponseStreamCommandInput,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hearth, startHearth } from '../harness/hearth.ts';
import { createFunction, invoke, lambdaClient } from './client.ts';
import { send, sendSigned } from './signed-request.ts';

let hearth: Hearth;
let client: LambdaClient;

beforeAll(async () => {
  hearth = await startHearth();
  client = lambdaClient(hearth);
});
afterAll(() => hearth?.stop());

/** Invokes and takes down what came when, in milliseconds since the request. */
async function stream(FunctionName: string, more: Partial<InvokeWithResponseStreamCommandInput> = {}) {
  const began = performance.now();
  const { EventStream = [] } = await client.send(
    new InvokeWithResponseStreamCommand({ FunctionName, Payload: '{}', ...more }),
  );
  const chunks: { at: number; text: string }[] = [];
  for await (const { PayloadChunk, InvokeComplete } of EventStream) {
    const at = performance.now() - began;
    if (PayloadChunk) chunks.push({ at, text: Buffer.from(PayloadChunk.Payload ?? []).toString() });
    if (InvokeComplete) return { chunks, text: chunks.map(({ text }) => text).join(''), ...InvokeComplete };
  }
  throw new Error('The stream ended without InvokeComplete.');
}

test('chunks reach the client as the function writes them', async () => {
  await createFunction(
    client,
    'slow-stream',
    `export const handler = awslambda.streamifyResponse(async (event, stream) => {
      stream.write('one ');
      await new Promise((resolve) => setTimeout(resolve, 1000));
      console.log('half way');
      stream.end('two');
    });`,
    { Timeout: 10 },
  );
  const { chunks, text, ErrorCode, LogResult } = await stream('slow-stream', { LogType: 'Tail' });
  expect(text).toBe('one two');
  expect(ErrorCode).toBeUndefined();
  expect(Buffer.from(LogResult ?? '', 'base64').toString()).toMatch(/half way\n.*REPORT RequestId/s);
  expect((chunks.at(-1)?.at ?? 0) - (chunks[0]?.at ?? 0)).toBeGreaterThan(800);
});

test('an error in the middle of a stream is told at its end', async () => {
  await createFunction(
    client,
    'broken-stream',
    `export const handler = awslambda.streamifyResponse(async (event, stream) => {
      stream.write('begun');
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw new RangeError('no further');
    });`,
  );
  const { text, ErrorCode, ErrorDetails } = await stream('broken-stream');
  expect(text).toBe('begun');
  expect(ErrorCode).toBe('Unhandled');
  expect(JSON.parse(ErrorDetails ?? '')).toMatchObject({
    errorType: 'RangeError',
    errorMessage: 'no further',
  });
});

test('functions that do not stream can be streamed, and those that do be invoked', async () => {
  await createFunction(client, 'plain', `export const handler = async (event) => ({ got: event });`);
  expect((await stream('plain', { Payload: '{"a":1}' })).text).toBe('{"got":{"a":1}}');
  await createFunction(
    client,
    'json-stream',
    `export const handler = awslambda.streamifyResponse(async (event, stream) => {
      stream.write('{"a":'); stream.end('1}');
    });`,
  );
  expect((await invoke(client, 'json-stream')).answer).toEqual({ a: 1 });
});

test('a function that is not there, and an event that is no JSON, are plain errors', async () => {
  await expect(stream('nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await createFunction(client, 'picky-stream', `export const handler = async () => 1;`);
  await expect(stream('picky-stream', { Payload: '{' })).rejects.toMatchObject({
    name: 'InvalidRequestContentException',
    $metadata: { httpStatusCode: 400 },
  });
});

test('20 MB arrive whole', async () => {
  await createFunction(
    client,
    'large-stream',
    `export const handler = awslambda.streamifyResponse(async (event, stream) => {
      for (let i = 0; i < 20; i++) stream.write(Buffer.alloc(1024 * 1024, 97 + i));
      stream.end();
    });`,
    { MemorySize: 256, Timeout: 30 },
  );
  const { text } = await stream('large-stream');
  expect(text.length).toBe(20 * 1024 * 1024);
  expect(text.at(-1)).toBe(String.fromCharCode(97 + 19));
});

test('a function URL streams with a status and headers of the function’s', async () => {
  await createFunction(
    client,
    'url-stream',
    `export const handler = awslambda.streamifyResponse(async (event, stream) => {
      const response = awslambda.HttpResponseStream.from(stream, {
        statusCode: 203, headers: { 'content-type': 'text/plain', 'x-path': event.rawPath }, cookies: ['a=b'],
      });
      response.write('one ');
      await new Promise((resolve) => setTimeout(resolve, 50));
      response.end('two');
    });`,
  );
  const { FunctionUrl = '' } = await client.send(
    new CreateFunctionUrlConfigCommand({
      FunctionName: 'url-stream',
      AuthType: 'AWS_IAM',
      InvokeMode: 'RESPONSE_STREAM',
    }),
  );
  expect(await sendSigned(hearth, `${FunctionUrl}x`)).toMatchObject({
    status: 203,
    body: 'one two',
    headers: { 'content-type': 'text/plain', 'x-path': '/x', 'set-cookie': ['a=b'] },
  });
  expect((await send(FunctionUrl)).status).toBe(403);
});
