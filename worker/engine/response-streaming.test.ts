import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import type { StreamedResult } from './engine.ts';
import { sandboxProblem, TestEngine } from './test-engine.ts';

const problem = await sandboxProblem();
const megabyte = 1024 * 1024;

describe.skipIf(problem)(`streamed responses (${problem ?? 'available'})`, () => {
  let host: TestEngine;
  beforeAll(async () => {
    host = await TestEngine.start();
  });
  afterAll(() => host[Symbol.asyncDispose]());

  const streaming = (body: string, more: Partial<ExecutableFunction> = {}) =>
    host.deploy({ files: `export const handler = awslambda.streamifyResponse(${body});`, ...more });
  const stream = (executable: ExecutableFunction, event: unknown = {}): Promise<StreamedResult> =>
    host.engine.invokeWithResponseStream({
      requestId: randomUUID(),
      executable,
      invokedFunctionArn: executable.functionArn,
      payload: Buffer.from(JSON.stringify(event)),
      traceId: 'Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0',
      tailLog: true,
    });
  const read = async (executable: ExecutableFunction, event?: unknown) => {
    const { chunks, completed, contentType } = await stream(executable, event);
    return { contentType, text: (await buffer(chunks)).toString(), ...(await completed) };
  };

  test.each(['nodejs22.x', 'nodejs24.x'])('%s: chunks come in order, whatever they are', async (runtime) => {
    const executable = streaming(
      `async (event, stream, context) => {
        stream.setContentType('text/plain');
        stream.write('one ');
        console.log('between', context.awsRequestId.length);
        stream.write(Buffer.from('two '));
        stream.write({ three: event.n });
        stream.end();
      }`,
      { runtime },
    );
    for (const n of [1, 2]) {
      const result = await read(executable, { n });
      expect(result).toMatchObject({
        contentType: 'text/plain',
        text: `one two {"three":${n}}`,
        functionError: undefined,
        executedVersion: '$LATEST',
      });
      expect(result.logTail?.toString()).toMatch(/between 36\n.*END RequestId.*REPORT RequestId/s);
    }
  });

  test('the first chunk arrives while the handler still runs', async () => {
    const executable = streaming(`async (event, stream) => {
      stream.write('first');
      await new Promise((resolve) => setTimeout(resolve, 500));
      stream.end('last');
    }`);
    const { chunks, completed } = await stream(executable);
    let isOver = false;
    void completed.then(() => {
      isOver = true;
    });
    const iterator = chunks[Symbol.asyncIterator]();
    expect(String((await iterator.next()).value)).toBe('first');
    expect(isOver).toBe(false);
    expect(String((await iterator.next()).value)).toBe('last');
    expect((await iterator.next()).done).toBe(true);
  });

  test('a prelude for function URLs comes before the body, also before an empty one', async () => {
    const executable = streaming(`async (event, stream) => {
      const response = awslambda.HttpResponseStream.from(stream, { statusCode: 201 });
      response.end(event.body);
    }`);
    for (const body of ['text', '']) {
      expect(await read(executable, { body })).toMatchObject({
        contentType: 'application/vnd.awslambda.http-integration-response',
        text: `{"statusCode":201}${'\0'.repeat(8)}${body}`,
      });
    }
  });

  test('a handler that does not stream is one chunk, and its error none', async () => {
    const executable = host.deploy({
      files:
        'export const handler = async ({ fail }) => { if (fail) throw new Error(fail); return { a: 1 }; };',
    });
    expect(await read(executable)).toMatchObject({ contentType: 'application/json', text: '{"a":1}' });
    const failed = await read(executable, { fail: 'oops' });
    expect(failed).toMatchObject({ text: '', functionError: 'Unhandled' });
    expect(JSON.parse(failed.payload.toString())).toMatchObject({ errorMessage: 'oops' });
  });

  test.each([
    ['throws', `throw new RangeError('too far');`, 'RangeError'],
    ['exits', `process.exit(3);`, 'Runtime.ExitError'],
    ['takes too long', `await new Promise((resolve) => setTimeout(resolve, 60_000));`, 'Sandbox.Timedout'],
    ['never ends its stream', ``, 'Runtime.NodeJsExit'],
    ['destroys its stream', `stream.destroy(new TypeError('broken'));`, 'TypeError'],
  ])('a handler that %s after its first chunk is a late error', async (_what, code, errorType) => {
    const executable = streaming(`async (event, stream) => { stream.write('begun'); ${code} }`, {
      timeoutSeconds: 1,
    });
    const result = await read(executable);
    expect(result).toMatchObject({ text: 'begun', functionError: 'Unhandled' });
    expect(JSON.parse(result.payload.toString())).toMatchObject({ errorType });
  });

  test('a handler that is not async, and a content type that comes too late, are errors', async () => {
    const sync = await host.invoke(streaming(`(event, stream) => { stream.end('x'); }`));
    expect(sync.payload).toMatchObject({ errorType: 'Runtime.MalformedStreamingHandler' });
    const late = await host.invoke(
      streaming(`async (event, stream) => { stream.write('x'); stream.setContentType('text/html'); }`),
    );
    expect(late.payload).toMatchObject({ errorType: 'InvalidStreamingOperation' });
  });

  test('Invoke gets a streamed response in one piece, of at most 6 MB', async () => {
    const executable = streaming(`async ({ times }, stream) => {
      stream.write('"');
      for (let i = 0; i < times; i++) stream.write('x'.repeat(1024 * 1024));
      stream.end('"');
    }`);
    expect((await host.invoke(executable, { times: 5 })).payload).toBe('x'.repeat(5 * megabyte));
    expect(await host.invoke(executable, { times: 7 })).toMatchObject({
      functionError: 'Unhandled',
      payload: {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      },
    });
  });

  test('a slow reader slows the function down instead of filling memory', async () => {
    const executable = streaming(`async (event, stream) => {
      for (let i = 0; i < 40; i++) { stream.write(Buffer.alloc(1024 * 1024)); console.log('wrote', i); }
      stream.end();
    }`);
    const { chunks, completed } = await stream(executable);
    // Nobody reads: the function comes no further than what is buffered on the way.
    await expect.poll(() => chunks.readableLength).toBeGreaterThanOrEqual(megabyte);
    expect(chunks.readableLength).toBeLessThan(4 * megabyte);
    const wrote = () => host.logged.filter(({ message }) => message.includes('wrote')).length;
    expect(wrote()).toBeLessThan(10);
    let bytes = 0;
    for await (const chunk of chunks) bytes += chunk.length;
    expect(bytes).toBe(40 * megabyte);
    expect((await completed).functionError).toBeUndefined();
    expect(wrote()).toBe(40);
  });

  test('a function whose reader has gone runs to its end', async () => {
    const executable = streaming(`async (event, stream) => {
      for (let i = 0; i < 8; i++) stream.write(Buffer.alloc(1024 * 1024));
      stream.end(); console.log('the end');
    }`);
    const { chunks, completed } = await stream(executable);
    chunks.destroy();
    const { functionError, logTail } = await completed;
    expect(functionError).toBeUndefined();
    expect(logTail?.toString()).toContain('the end');
  });

  test('more than 200 MB is an error, after 200 MB', async () => {
    const executable = streaming(
      `async (event, stream) => {
        const chunk = Buffer.alloc(4 * 1024 * 1024);
        for (let i = 0; i < 51; i++) stream.write(chunk);
        stream.end();
      }`,
      { timeoutSeconds: 60 },
    );
    const { chunks, completed } = await stream(executable);
    let bytes = 0;
    for await (const chunk of chunks) bytes += chunk.length;
    expect(bytes).toBe(200 * megabyte);
    const { payload } = await completed;
    expect(JSON.parse(payload.toString())).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
  });

  test('an event that is no JSON is refused before anything begins', async () => {
    const executable = streaming(`async (event, stream) => { stream.end('x'); }`);
    await expect(
      host.engine.invokeWithResponseStream({
        requestId: randomUUID(),
        executable,
        invokedFunctionArn: executable.functionArn,
        payload: Buffer.from('{'),
        traceId: '',
        tailLog: false,
      }),
    ).rejects.toMatchObject({ code: 'InvalidRequestContentException' });
  });
});
