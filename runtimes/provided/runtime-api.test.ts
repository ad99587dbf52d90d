import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { frameType, invokeHeader } from '../test-runtime.ts';
import { type ApiRequest, TestProvided } from './test-provided.ts';

const { requestId } = invokeHeader;
const responsePath = `runtime/invocation/${requestId}/response`;
const errorPath = `runtime/invocation/${requestId}/error`;
const streaming = { 'Lambda-Runtime-Function-Response-Mode': 'streaming' };
const maxResponseBytes = 1000;
const tooLarge = 'x'.repeat(maxResponseBytes + 1);

let host: TestProvided;
beforeEach(async () => {
  host = await TestProvided.start(maxResponseBytes);
});
afterEach(() => host[Symbol.asyncDispose]());

describe('next', () => {
  test('gives the event and everything that Lambda says of it', async () => {
    const clientContext = '{"custom":{\n"ä":"x"}}';
    const { status, headers, body } = await host.invoke('{"a": 1}', { clientContext });
    expect({ status, body }).toEqual({ status: 200, body: '{"a": 1}' });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-deadline-ms': String(invokeHeader.deadlineMilliseconds),
      'lambda-runtime-invoked-function-arn': invokeHeader.invokedFunctionArn,
      'lambda-runtime-trace-id': invokeHeader.traceId,
    });
    const received = Buffer.from(String(headers['lambda-runtime-client-context']), 'latin1').toString();
    expect(JSON.parse(received)).toEqual(JSON.parse(clientContext));
  });

  test('leaves out the client context when there is none', async () => {
    expect((await host.invoke()).headers).not.toHaveProperty('lambda-runtime-client-context');
  });

  test('gives an empty object for an empty event', async () => {
    expect((await host.invoke('')).body).toBe('{}');
  });

  test('gives the same event again as long as that is not answered', async () => {
    const first = await host.invoke();
    const again = await host.ask('runtime/invocation/next');
    expect([again.body, again.headers['lambda-runtime-aws-request-id']]).toEqual([first.body, requestId]);
  });

  test('waits for the next event once one is answered', async () => {
    await host.invoke();
    await host.ask(responsePath, { body: '1' });
    await host.worker.answer();
    const next = host.ask('runtime/invocation/next');
    expect((await host.ask('ping')).body).toBe('pong');
    host.worker.send(frameType.invoke, { ...invokeHeader, requestId: 'second' }, Buffer.from('2'));
    expect(await next).toMatchObject({ body: '2', headers: { 'lambda-runtime-aws-request-id': 'second' } });
  });

  test.each([
    ['no JSON', Buffer.from('{')],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('never sees an event that is %s', async (_what, event) => {
    const next = host.ask('runtime/invocation/next');
    await host.worker.answer();
    expect(await host.worker.invoke(event)).toMatchObject({
      type: frameType.invalidEvent,
      header: { message: expect.stringMatching(/./) },
    });
    host.worker.send(frameType.invoke, invokeHeader, Buffer.from('2'));
    expect((await next).body).toBe('2');
  });
});

const badTransition = (from: string, to: string) => ({
  errorType: 'InvalidStateTransition',
  errorMessage: `State transition from ${from} to ${to} failed for runtime. Error: State transition is not allowed`,
});
const ok = { status: 'OK' };
const invalidId = { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' };
const large = {
  errorType: 'RequestEntityTooLarge',
  errorMessage: 'Exceeded maximum allowed payload size (1000 bytes).',
};
const largeResult = {
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: 'Response payload size exceeded maximum allowed payload size (1000 bytes).',
};
const type = (name: string) => ({ 'Lambda-Runtime-Function-Error-Type': name });

describe('while an event is being handled', () => {
  test.each<[what: string, route: string, ApiRequest, status: number, answer: object, frame: object]>([
    ['a response', responsePath, { body: '{"b":2}' }, 202, ok, { type: 18, body: '{"b":2}' }],
    ['an empty response', responsePath, { body: '' }, 202, ok, { type: 18, body: '' }],
    ['a chunked response', responsePath, { body: ['a', 'b'] }, 202, ok, { type: 18, body: 'ab' }],
    [
      'another response mode',
      responsePath,
      { body: '1', headers: { 'Lambda-Runtime-Function-Response-Mode': 'buffered' } },
      400,
      { errorType: 'InvalidFunctionResponseMode', errorMessage: 'Invalid function response mode' },
      { type: 19, header: { errorType: 'Runtime.InvalidResponseModeHeader' } },
    ],
    ['the largest response', responsePath, { body: 'x'.repeat(1000) }, 202, ok, { type: 18 }],
    ['a larger response', responsePath, { body: tooLarge }, 413, large, { type: 19, json: largeResult }],
    ['a larger error', errorPath, { body: tooLarge }, 413, large, { type: 19, json: largeResult }],
    [
      'an error',
      errorPath,
      {
        body: '{"errorMessage":"x"}',
        headers: { ...type('Runtime.Bad'), 'Lambda-Runtime-Function-XRay-Error-Cause': 'x'.repeat(100_000) },
      },
      ...([
        202,
        ok,
        { type: 19, header: { errorType: 'Runtime.Bad' }, body: '{"errorMessage":"x"}' },
      ] as const),
    ],
    ['an error without a type', errorPath, { body: 'x' }, 202, ok, { type: 19, header: {}, body: 'x' }],
  ])('%s is passed on, and the runtime goes on', async (_what, route, request, status, answer, frame) => {
    await host.invoke();
    const [given, received] = await Promise.all([host.ask(route, request), host.worker.answer()]);
    expect([given.status, JSON.parse(given.body)]).toEqual([status, answer]);
    expect(received).toMatchObject(frame);
    // What comes twice is refused, and the next event arrives.
    const twice = await host.ask(responsePath, { body: '1' });
    expect([twice.status, JSON.parse(twice.body)]).toEqual([
      403,
      badTransition('RuntimeResponseSentState', 'InvocationResponse'),
    ]);
    const next = host.ask('runtime/invocation/next');
    host.worker.send(frameType.invoke, { ...invokeHeader, requestId: 'second' }, Buffer.from('2'));
    expect((await next).body).toBe('2');
    expect((await host.ask(responsePath, { body: '1' })).body).toBe(
      JSON.stringify({ errorMessage: invalidId.errorMessage, errorType: invalidId.errorType }),
    );
  });

  test.each<[what: string, route: string, ApiRequest, status: number, answer: object]>([
    ['another request id', 'runtime/invocation/other/response', { body: '1' }, 400, invalidId],
    ['an error for another request id', 'runtime/invocation/other/error', { body: '1' }, 400, invalidId],
    ['an init error', 'runtime/init/error', { body: '1' }, 403, badTransition('Running', 'InitError')],
    ['a restore', 'runtime/restore/next', {}, 403, badTransition('Running', 'RestoreReady')],
    [
      'a restore error',
      'runtime/restore/error',
      { body: '1' },
      403,
      badTransition('Running', 'RuntimeRestoreErrorState'),
    ],
  ])('%s is refused, and the event can still be answered', async (_what, route, request, status, answer) => {
    await host.invoke();
    const given = await host.ask(route, request);
    expect([given.status, JSON.parse(given.body)]).toEqual([status, answer]);
    expect((await host.ask(responsePath, { body: '1' })).status).toBe(202);
  });

  test.each<[what: string, ApiRequest, last: object]>([
    ['passed on', {}, { type: frameType.response, body: '' }],
    [
      'passed on until it fails',
      {
        headers: {
          Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
        },
        trailers: {
          'Lambda-Runtime-Function-Error-Type': 'Function.Broken',
          'Lambda-Runtime-Function-Error-Body': Buffer.from('{"errorMessage":"x"}').toString('base64'),
        },
      },
      { type: frameType.error, header: { errorType: 'Function.Broken' }, body: '{"errorMessage":"x"}' },
    ],
  ])('a streamed response of any length is %s', async (_what, { headers, trailers }, last) => {
    await host.invoke();
    const body = ['first', tooLarge, 'last'];
    const asked = host.ask(responsePath, {
      ...{ body, trailers },
      headers: { ...streaming, ...headers, 'Content-Type': 'text/x' },
    });
    expect(await host.worker.answer()).toMatchObject({ type: 22, header: { contentType: 'text/x' } });
    let received = '';
    let frame = await host.worker.answer();
    for (; frame.type === 23; frame = await host.worker.answer()) received += frame.body;
    expect(received).toBe(body.join(''));
    expect(frame).toMatchObject(last);
    expect((await asked).status).toBe(202);
  });

  test.each([
    ['whole', '', 0] as const,
    ['streamed', 'Lambda-Runtime-Function-Response-Mode: streaming\r\n', 2] as const,
  ])('a %s response cut short fails the invocation only', async (_what, header, framesBefore) => {
    await host.invoke();
    const cut = `POST /2018-06-01/${responsePath} HTTP/1.1\r\nHost: x\r\n${header}Content-Length: 10\r\n\r\nabc`;
    const answer = await host.askRaw(cut);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"TruncatedHTTPRequest"');
    for (let count = 0; count < framesBefore; count++) await host.worker.answer();
    expect((await host.worker.answer()).json).toMatchObject({ errorType: 'Runtime.TruncatedResponse' });
    const next = host.ask('runtime/invocation/next');
    host.worker.send(frameType.invoke, invokeHeader, Buffer.from('2'));
    expect((await next).body).toBe('2');
  });

  test('what is no HTTP is refused', async () => {
    await host.invoke();
    expect(await host.askRaw('garbage\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect((await host.ask(responsePath, { body: '1' })).status).toBe(202);
  });
});

describe('before the first event', () => {
  test('an init error is accepted and reported', async () => {
    const [given, received] = await Promise.all([
      host.ask('runtime/init/error', { body: '{"errorMessage":"x"}', headers: type('Runtime.Bad') }),
      host.worker.answer(),
    ]);
    expect(given).toMatchObject({ status: 202, body: '{"status":"OK"}' });
    expect(received).toMatchObject({
      type: frameType.initError,
      header: { errorType: 'Runtime.Bad' },
      body: '{"errorMessage":"x"}',
    });
    expect(JSON.parse((await host.ask('runtime/invocation/next')).body)).toEqual(
      badTransition('InitError', 'Ready'),
    );
  });

  test.each<[route: string, ApiRequest, status: number, answer: string | object]>([
    ['ping', {}, 200, 'pong'],
    ['ping', { body: '' }, 405, ''],
    ['runtime/invocation/next', { body: '' }, 405, ''],
    ['runtime/init/error', {}, 405, ''],
    ['elsewhere', {}, 404, '404 page not found\n'],
    [responsePath, { body: '1' }, 400, invalidId],
    ['runtime/restore/next', {}, 403, badTransition('Started', 'RestoreReady')],
  ])('%s %j is answered with %i', async (route, request, status, answer) => {
    const given = await host.ask(route, request);
    expect(given.status).toBe(status);
    expect(typeof answer === 'string' ? given.body : JSON.parse(given.body)).toEqual(answer);
  });
});
