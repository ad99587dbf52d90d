import net from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { createFunction, functionInput, signHeaders, startTestApi } from './test-api.ts';

const functions = '/2015-03-31/functions';
const json = { 'content-type': 'application/json' };
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('a body', () => {
  test.each<[string, string | Buffer, Record<string, string>, number, string, string | RegExp]>([
    [
      'that is no JSON',
      '{"FunctionName":',
      json,
      400,
      'InvalidRequestContentException',
      /^Could not parse request body into json: Unexpected end of JSON input/,
    ],
    [
      'that is no UTF-8',
      Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]),
      json,
      400,
      'InvalidRequestContentException',
      'Could not parse request body into json: The text is not valid UTF-8',
    ],
    [
      'that is a list',
      '[]',
      json,
      400,
      'SerializationException',
      'Start of structure or map expected, found list.',
    ],
    [
      'that is null',
      'null',
      json,
      400,
      'SerializationException',
      'Start of structure or map expected, found null.',
    ],
    [
      'that is a text',
      '"a"',
      json,
      400,
      'SerializationException',
      'Start of structure or map expected, found string.',
    ],
    [
      'of another type',
      '<a/>',
      { 'content-type': 'text/xml' },
      415,
      'UnsupportedMediaTypeException',
      'The content type of the request body is not JSON.',
    ],
    [
      'of a type that only begins like JSON’s',
      '{}',
      { 'content-type': 'application/jsonp' },
      415,
      'UnsupportedMediaTypeException',
      'The content type of the request body is not JSON.',
    ],
    [
      'that is compressed',
      '{}',
      { 'content-encoding': 'gzip' },
      415,
      'UnsupportedMediaTypeException',
      "The content encoding 'gzip' is not supported. Send the body as it is.",
    ],
    [
      'with a number where a text belongs',
      '{"FunctionName":"f","Role":7,"Code":{}}',
      json,
      400,
      'SerializationException',
      /^NUMBER_VALUE can ?not be converted to/,
    ],
    [
      'with nothing of what is needed',
      '{}',
      json,
      400,
      'ValidationException',
      /^3 validation errors detected: Value null at 'functionName' failed to satisfy constraint: Member must not be null; /,
    ],
    [
      'nested deeper than anybody means',
      `{"Code":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      json,
      400,
      'SerializationException',
      /./,
    ],
    [
      'that would change the prototype of objects',
      '{"FunctionName":"f","__proto__":{"Role":"polluted"},"constructor":{"prototype":{"Role":"polluted"}}}',
      json,
      400,
      'SerializationException',
      /__proto__/,
    ],
  ])('%s is refused', async (_what, body, headers, status, code, message) => {
    const server = await startTestApi();
    const answer = await server.sendSigned(functions, { method: 'POST', body, headers });
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([status, code]);
    const { message: lower, Message: upper } = JSON.parse(answer.body);
    expect(lower ?? upper).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
    expect(Object.prototype).not.toHaveProperty('Role');
  });

  test.each(['', 'application/json; charset=utf-8', 'application/x-amz-json-1.1', 'APPLICATION/JSON'])(
    'of type "%s" is accepted',
    async (type) => {
      const server = await startTestApi();
      const { Code, ...rest } = functionInput;
      const ZipFile = Code.ZipFile.toString('base64');
      const answer = await server.sendSigned(functions, {
        method: 'POST',
        body: JSON.stringify({ ...rest, FunctionName: 'f', Code: { ZipFile } }),
        headers: type ? { 'content-type': type } : {},
      });
      expect(answer.status).toBe(201);
    },
  );

  test('larger than 70,167,211 bytes is no package to create a function from', async () => {
    const server = await startTestApi();
    const headers = await signHeaders(server.port, functions, { method: 'POST', body: '' });
    const answer = await server.send(functions, {
      method: 'POST',
      headers,
      body: Buffer.alloc(70_167_212, 0x20),
    });
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([
      413,
      'RequestEntityTooLargeException',
    ]);
    expect(JSON.parse(answer.body)).toEqual({
      Type: 'User',
      message: 'Request must be smaller than 70167211 bytes for the CreateFunction operation',
    });
  });

  test('larger than any configuration is refused', async () => {
    const server = await startTestApi();
    const answer = await server.sendSigned(`${functions}/f/configuration`, {
      method: 'PUT',
      body: Buffer.alloc(1_048_577, 0x20),
    });
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([
      413,
      'RequestEntityTooLargeException',
    ]);
    expect(JSON.parse(answer.body).message).toBe(
      'Request must be smaller than 1048576 bytes for the UpdateFunctionConfiguration operation',
    );
  });

  test('waits for 100-continue where the client asks for it', async () => {
    const server = await startTestApi();
    const headers = await signHeaders(server.port, functions, { method: 'POST', body: '[]' });
    const socket = net.connect(server.port, '127.0.0.1');
    socket.setEncoding('utf8');
    socket.write(head('POST', functions, { ...headers, expect: '100-continue', 'content-length': '2' }));
    const [first] = await new Promise<[string]>((resolve) =>
      socket.once('data', (data) => resolve([`${data}`])),
    );
    expect(first).toMatch(/^HTTP\/1\.1 100 Continue/);
    socket.write('[]');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('a path', () => {
  test.each([
    ['GET', '/'],
    ['GET', '/favicon.ico'],
    ['GET', '/2015-03-31/functions/f/nothing'],
    ['PATCH', functions],
    ['DELETE', functions],
    ['HEAD', functions],
    ['OPTIONS', functions],
    ['TRACE', functions],
    ['PROPFIND', functions],
    ['GET', '/2015-03-31/Functions'],
    ['GET', '/hearth/..%2fauth/me'],
    ['GET', '/__proto__'],
    ['GET', '/auth/get-session'],
  ])('that no operation has is unknown: %s %s', async (method, path) => {
    const server = await startTestApi();
    const answer = await server.send(path, { method });
    expect(answer).toMatchObject({
      status: 404,
      headers: {
        'x-amzn-errortype': 'UnknownOperationException',
        'x-amzn-requestid': expect.stringMatching(uuid),
      },
    });
    if (method !== 'HEAD') {
      expect(JSON.parse(answer.body)).toEqual({ Message: 'No operation has this method and path.' });
    }
  });

  test.each([`${functions}/%E0%A4%A/invocations`, '/%', `${functions}/%ff`])(
    'with malformed percent-encoding is refused: %s',
    async (path) => {
      const server = await startTestApi();
      const answer = await server.send(path);
      expect(answer).toMatchObject({
        status: 400,
        headers: {
          'x-amzn-errortype': 'InvalidRequestContentException',
          'x-amzn-requestid': expect.stringMatching(uuid),
        },
      });
      expect(JSON.parse(answer.body).message).toBe('The request is not valid: malformed path or headers.');
    },
  );

  test.each([
    'a'.repeat(200),
    'arn:aws:lambda:us-east-1:000000000000:function:hello/../x',
    '$(reboot)',
    '__proto__',
    'a\u0000b',
    'naïve',
    '%2e%2e%2f',
  ])('with the name %j is read as that name, and refused as it', async (name) => {
    const server = await startTestApi();
    const answer = await server.sendSigned(`${functions}/${encodeURIComponent(name)}`);
    const code = answer.headers['x-amzn-errortype'];
    expect([400, 404]).toContain(answer.status);
    expect(['ValidationException', 'ResourceNotFoundException']).toContain(code);
    const body = JSON.parse(answer.body);
    expect(body.message ?? body.Message).toContain(name.includes('\u0000') ? 'a' : name);
  });

  test('of an operation that is not there yet is refused by the operation’s name', async () => {
    const server = await startTestApi();
    const named = async (method: string, path: string) => {
      const answer = await server.sendSigned(path, { method });
      expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([501, 'NotImplementedException']);
      return JSON.parse(answer.body).Message.replace(
        ' yet. docs/api.md lists the operations that it supports.',
        '',
      );
    };
    expect(await named('POST', '/2019-09-25/functions/f/event-invoke-config')).toBe(
      'Hearth does not support UpdateFunctionEventInvokeConfig',
    );
    const concurrency = '/2019-09-30/functions/f/provisioned-concurrency';
    expect(await named('GET', `${concurrency}?Qualifier=1`)).toBe(
      'Hearth does not support GetProvisionedConcurrencyConfig',
    );
    expect(await named('GET', `${concurrency}?List=ALL`)).toBe(
      'Hearth does not support ListProvisionedConcurrencyConfigs',
    );
    expect(await named('GET', '/2020-04-22/code-signing-configs')).toBe(
      'Hearth does not support ListCodeSigningConfigs',
    );
  });
});

describe('a connection', () => {
  test.each([
    [
      'that speaks no HTTP',
      'hello\r\n\r\n',
      400,
      'InvalidRequestContentException',
      'The request is not valid HTTP.',
    ],
    [
      'with a broken header',
      'GET / HTTP/1.1\r\nHost: x\r\nbroken\r\n\r\n',
      400,
      'InvalidRequestContentException',
      'The request is not valid HTTP.',
    ],
    [
      'with headers of more than 16 KB',
      `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`,
      413,
      'RequestEntityTooLargeException',
      'The headers of the request are too large.',
    ],
    [
      'with a body of two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
      'InvalidRequestContentException',
      'The request is not valid HTTP.',
    ],
  ])('%s is told so and ended', async (_what, data, status, code, message) => {
    const server = await startTestApi();
    const answer = await server.sendRaw(data);
    const [top = '', body = ''] = answer.split('\r\n\r\n');
    expect(top).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(top).toContain(`x-amzn-errortype: ${code}`);
    expect(top).toMatch(/x-amzn-requestid: [0-9a-f-]{36}\r\ndate: /);
    expect(JSON.parse(body)).toEqual({ Type: 'User', message });
  });

  test('that is too slow is told so and ended, in its head and in its body', async () => {
    const timeouts = { headers: 400, request: 800, interval: 20 };
    const server = await startTestApi({ timeouts });
    const headers = await signHeaders(server.port, functions, { method: 'POST', body: '{}' });
    const slowBody = head('POST', functions, { ...headers, 'content-length': '2' });
    for (const data of ['GET / HTTP/1.1\r\nHost:', `${slowBody}{`]) {
      const answer = await server.sendRaw(data);
      expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout/);
      expect(answer).toContain('{"Type":"User","message":"The request was not complete in time."}');
    }
    expect((await server.send('/hearth/health')).status).toBe(200);
    expect(server.log).toEqual([]);
  });

  test('that its client ends in the middle of a body leaves the server as it was', async () => {
    const server = await startTestApi();
    const headers = await signHeaders(server.port, functions, { method: 'POST', body: '{}' });
    const socket = net.connect(server.port, '127.0.0.1');
    socket.write(`${head('POST', functions, { ...headers, 'content-length': '100000' })}{`, () =>
      socket.destroy(),
    );
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await server.send('/hearth/health')).status).toBe(200);
    expect(server.log).toEqual([]);
  });

  test('of HTTP/1.0, without a host, is served', async () => {
    const server = await startTestApi();
    expect(await server.sendRaw('GET /hearth/health HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 OK/);
  });
});

test('every answer has a request id of its own', async () => {
  const server = await startTestApi();
  const ids = new Set<unknown>();
  for (const path of ['/hearth/health', '/none', functions, '/%']) {
    const { headers } = await server.send(path);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['x-amzn-requestid']).toMatch(uuid);
    ids.add(headers['x-amzn-requestid']);
  }
  expect(ids.size).toBe(4);
});

test('closing lets the request in flight be answered, and may be asked for twice', async () => {
  const { promise: started, resolve: start } = Promise.withResolvers<void>();
  const { promise: finish, resolve: end } = Promise.withResolvers<void>();
  const server = await startTestApi({
    invoke: async () => {
      start();
      await finish;
      return { payload: Buffer.from('"done"'), executedVersion: '$LATEST' };
    },
  });
  await createFunction(server, 'hello');
  const answer = server.sendSigned(`${functions}/hello/invocations`, { method: 'POST' });
  await started;
  const closed = Promise.all([server.api.close(), server.api.close()]);
  end();
  expect(await answer).toMatchObject({ status: 200, body: '"done"' });
  await closed;
  await expect(server.send('/hearth/health')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

function head(method: string, path: string, headers: Record<string, string>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\nconnection: close\r\n${lines.join('')}\r\n`;
}
