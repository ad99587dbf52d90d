import { Readable } from 'node:stream';
import { CreateFunctionUrlConfigCommand, type CreateFunctionUrlConfigRequest } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { InvokeResult } from '../../engine/engine.ts';
import { connectClient, createFunction, startTestApi, type TestApi } from '../test-api.ts';

type Given = (event: Record<string, unknown>) => unknown;

interface UrlApi extends TestApi {
  id: string;
  host: string;
  events: Record<string, unknown>[];
}

/** An API with one function behind a URL; `result` makes what the function returns. */
async function startWithUrl(
  config: Partial<CreateFunctionUrlConfigRequest> = {},
  result: Given = () => ({ statusCode: 200, body: 'fine' }),
): Promise<UrlApi> {
  const events: Record<string, unknown>[] = [];
  const server = await startTestApi({
    invoke: async ({ payload }): Promise<InvokeResult> => {
      const event = JSON.parse(payload.toString());
      events.push(event);
      const returned = result(event);
      if (returned instanceof Error) {
        return { payload: Buffer.from('{}'), functionError: 'Unhandled', executedVersion: '$LATEST' };
      }
      return { payload: Buffer.from(JSON.stringify(returned ?? null)), executedVersion: '$LATEST' };
    },
  });
  await createFunction(server, 'hello');
  await letEverybodyIn(server);
  const { FunctionUrl } = await connectClient(server).send(
    new CreateFunctionUrlConfigCommand({ FunctionName: 'hello', AuthType: 'NONE', ...config }),
  );
  const { host } = new URL(FunctionUrl ?? '');
  return { ...server, id: host.slice(0, 32), host, events };
}

async function letEverybodyIn({ core }: TestApi): Promise<void> {
  const resource = 'arn:aws:lambda:us-east-1:000000000000:function:hello';
  const statement = { Sid: 'url', Effect: 'Allow', Principal: '*', Resource: resource } as const;
  const url = { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } };
  const invoke = { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } };
  await core.policies.set(
    { resource, qualifier: undefined },
    {
      revisionId: '1',
      statements: [
        { ...statement, Action: 'lambda:InvokeFunctionUrl', Condition: url },
        { ...statement, Sid: 'invoke', Action: 'lambda:InvokeFunction', Condition: invoke },
      ],
    },
  );
}

test('a request becomes an event of payload format 2.0, and the answer an HTTP response', async () => {
  const server = await startWithUrl({}, () => ({
    statusCode: 201,
    headers: { 'Content-Type': 'text/plain', 'X-Count': 3, 'WWW-Authenticate': 'Basic', Date: 'never' },
    cookies: ['a=1; Path=/', 'b=2', 'hearth.session_token=stolen'],
    body: 'bWFkZQ==',
    isBase64Encoded: true,
  }));
  const answer = await server.send('/a%20b//c?x=1&x=2&y=%C3%A9', {
    method: 'POST',
    headers: {
      Host: server.host,
      'Content-Type': 'application/json',
      'X-Many': 'one',
      Cookie: 'k=v; hearth.session_token=secret; l=w',
      'User-Agent': 'test',
    },
    body: '{"é":1}',
  });
  expect(answer).toMatchObject({ status: 201, body: 'made' });
  expect(answer.headers).toMatchObject({
    'content-type': 'text/plain',
    'x-count': '3',
    'x-amzn-remapped-www-authenticate': 'Basic',
    'x-amzn-remapped-date': 'never',
    'set-cookie': ['a=1; Path=/', 'b=2'],
    'x-amzn-trace-id': expect.stringMatching(/^Root=1-/),
  });
  expect(answer.headers).not.toHaveProperty('www-authenticate');
  expect(answer.headers).not.toHaveProperty('content-security-policy');
  const [event] = server.events;
  expect(event).toEqual({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/a%20b//c',
    rawQueryString: 'x=1&x=2&y=%C3%A9',
    cookies: ['k=v', 'l=w'],
    headers: {
      host: server.host,
      'content-type': 'application/json',
      'content-length': '8',
      'x-many': 'one',
      'user-agent': 'test',
      'x-amzn-trace-id': answer.headers['x-amzn-trace-id'],
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': String(server.port),
      'x-forwarded-proto': 'http',
    },
    queryStringParameters: { x: '1,2', y: 'é' },
    requestContext: {
      accountId: 'anonymous',
      apiId: server.id,
      authentication: null,
      domainName: `${server.id}.lambda-url.us-east-1.localhost`,
      domainPrefix: server.id,
      http: {
        method: 'POST',
        path: '/a%20b//c',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test',
      },
      requestId: answer.headers['x-amzn-requestid'],
      routeKey: '$default',
      stage: '$default',
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: expect.any(Number),
    },
    body: '{"é":1}',
    isBase64Encoded: false,
  });
});

test.each([
  ['bytes', 'application/octet-stream', Buffer.from([0, 255]), 'AP8=', true],
  ['forms', 'application/x-www-form-urlencoded', 'a=1', 'YT0x', true],
  ['text that is not UTF-8', 'text/plain', Buffer.from([255]), '/w==', true],
  ['text', 'text/csv; charset=utf-8', 'a,b', 'a,b', false],
])('a body of %s arrives as it can', async (_what, type, body, expected, isBase64Encoded) => {
  const server = await startWithUrl();
  const headers = { host: server.host, 'content-type': type };
  await server.send('/', { method: 'PUT', headers, body });
  expect(server.events).toMatchObject([{ body: expected, isBase64Encoded }]);
});

test('what is not there is left out of the event', async () => {
  const server = await startWithUrl();
  await server.send('/', { headers: { host: server.host, cookie: 'hearth.session_token=secret' } });
  for (const member of ['cookies', 'queryStringParameters', 'body']) {
    expect(server.events[0]).not.toHaveProperty(member);
  }
  expect(JSON.stringify(server.events)).not.toContain('secret');
});

test.each<[unknown, string]>([
  ['hello', 'hello'],
  [{ message: 'hi' }, '{"message":"hi"}'],
  [[1, 2], '[1,2]'],
  [undefined, 'null'],
  [{ body: 'no status' }, '{"body":"no status"}'],
])('a result without statusCode, such as %j, is the body of a 200', async (result, body) => {
  const server = await startWithUrl({}, () => result);
  const answer = await server.send('/', { headers: { host: server.host } });
  expect(answer).toMatchObject({ status: 200, body, headers: { 'content-type': 'application/json' } });
});

test.each<[string, unknown]>([
  ['fails', new Error('no')],
  ['has a status that is none', { statusCode: 'teapot' }],
  ['has an informational status', { statusCode: 101 }],
  ['has a status that is too high', { statusCode: 1000 }],
  ['has a body that is no text', { statusCode: 200, body: { a: 1 } }],
  ['splits its headers', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
  ['has a header with a bad name', { statusCode: 200, headers: { 'a b': 'c' } }],
  ['has a header that is a structure', { statusCode: 200, headers: { a: ['b'] } }],
  ['has cookies that are no texts', { statusCode: 200, cookies: [1] }],
])('a function that %s is a bad gateway', async (_what, result) => {
  const server = await startWithUrl({}, () => result);
  const answer = await server.send('/', { headers: { host: server.host } });
  expect(answer).toMatchObject({ status: 502, body: 'Internal Server Error' });
  expect(server.log).toEqual([]);
});

test('every path and method of the host is the function’s, and by path all below the prefix', async () => {
  const server = await startWithUrl({}, ({ rawPath, requestContext }) => ({
    statusCode: 200,
    body: `${(requestContext as { http: { method: string } }).http.method} ${rawPath}`,
  }));
  const headers = { host: server.host };
  for (const method of ['GET', 'POST', 'PATCH', 'DELETE', 'OPTIONS']) {
    expect((await server.send('/hearth/health', { method, headers })).body).toBe(`${method} /hearth/health`);
  }
  expect(await server.send('/', { method: 'HEAD', headers })).toMatchObject({ status: 200, body: '' });
  const prefix = `/hearth/function-urls/${server.id}`;
  for (const [path, seen] of [
    [prefix, '/'],
    [`${prefix}/`, '/'],
    [`${prefix}/a/b?c`, '/a/b'],
  ] as const) {
    const answer = await server.send(path);
    expect(answer.body).toBe(`GET ${seen}`);
    // Its pages share an origin with the API.
    expect(answer.headers['content-security-policy']).toMatch(/^sandbox(?!.*same-origin)/);
  }
  const unknown = `${'0'.repeat(32)}.lambda-url.us-east-1.localhost`;
  expect(await server.send('/', { headers: { host: unknown } })).toMatchObject({
    status: 404,
    body: '{"Type":"User","Message":"No function has this URL."}',
  });
});

test('AuthType NONE lets in whom the resource policy lets in', async () => {
  const server = await startWithUrl();
  const resource = 'arn:aws:lambda:us-east-1:000000000000:function:hello';
  await server.core.policies.set({ resource, qualifier: undefined }, { revisionId: '2', statements: [] });
  const answer = await server.send('/', { headers: { host: server.host } });
  expect(answer.status).toBe(403);
  expect(JSON.parse(answer.body)).toEqual({
    Message:
      'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  });
  expect(server.events).toEqual([]);
});

test('AuthType AWS_IAM lets in who signs, and tells the function who that is', async () => {
  const server = await startWithUrl({ AuthType: 'AWS_IAM' });
  const path = `/hearth/function-urls/${server.id}/x?y=z`;
  const request = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'signed' };
  expect((await server.send(path, request)).status).toBe(403);
  expect((await server.sendSigned(path, request, { secretAccessKey: 'wrong' })).status).toBe(403);
  expect((await server.sendSigned(path, request, { service: 's3' })).status).toBe(403);
  expect(server.events).toEqual([]);
  expect((await server.sendSigned(path, request)).status).toBe(200);
  expect(server.events).toMatchObject([
    {
      body: 'signed',
      requestContext: {
        accountId: '000000000000',
        authorizer: {
          iam: {
            accessKey: 'AKIAROOTROOTROOTROOT',
            accountId: '000000000000',
            cognitoIdentity: null,
            principalOrgId: null,
            userArn: 'arn:aws:iam::000000000000:root',
          },
        },
      },
    },
  ]);
  expect(server.events[0]?.headers).not.toHaveProperty('authorization');
});

test('with Cors Lambda answers preflight itself, and adds headers to answers', async () => {
  const Cors = {
    AllowOrigins: ['https://a.example'],
    AllowMethods: ['GET', 'POST'],
    AllowHeaders: ['x-custom'],
    ExposeHeaders: ['x-seen'],
    AllowCredentials: true,
    MaxAge: 300,
  };
  const server = await startWithUrl({ Cors, AuthType: 'AWS_IAM' });
  const preflight = { host: server.host, 'access-control-request-method': 'POST' };
  const allowed = await server.send('/', {
    method: 'OPTIONS',
    headers: { ...preflight, origin: 'https://a.example' },
  });
  expect(allowed).toMatchObject({
    status: 200,
    body: '',
    headers: {
      'access-control-allow-origin': 'https://a.example',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'x-custom',
      'access-control-allow-credentials': 'true',
      'access-control-max-age': '300',
      vary: 'Origin',
    },
  });
  const other = await server.send('/', {
    method: 'OPTIONS',
    headers: { ...preflight, origin: 'https://b.example' },
  });
  expect(other.headers).not.toHaveProperty('access-control-allow-origin');
  expect(server.events).toEqual([]);

  const path = `/hearth/function-urls/${server.id}/`;
  const answer = await server.sendSigned(path, { headers: { origin: 'https://a.example' } });
  expect(answer.headers).toMatchObject({
    'access-control-allow-origin': 'https://a.example',
    'access-control-expose-headers': 'x-seen',
    'access-control-allow-credentials': 'true',
  });
});

test('without Cors a preflight is a request like any other', async () => {
  const server = await startWithUrl();
  const headers = { host: server.host, origin: 'https://a.example', 'access-control-request-method': 'GET' };
  await server.send('/', { method: 'OPTIONS', headers });
  expect(server.events).toHaveLength(1);
});

test('a body, or the event that is made of it, of more than 6 MB is refused', async () => {
  const server = await startWithUrl();
  for (const bytes of [6_291_457, 6_000_000]) {
    const body = Buffer.alloc(bytes, 1);
    const answer = await server.send('/', { method: 'POST', headers: { host: server.host }, body });
    expect(answer).toMatchObject({
      status: 413,
      headers: { 'x-amzn-errortype': 'RequestTooLargeException' },
    });
  }
  expect(server.events).toEqual([]);
});

/** An API whose function, behind a URL, streams. */
async function startStreaming(streamed: {
  contentType: string;
  chunks: readonly string[];
  functionError?: 'Unhandled';
}): Promise<TestApi & { headers: { host: string } }> {
  const { contentType, chunks, functionError } = streamed;
  const completed = Promise.resolve({
    payload: Buffer.from('{}'),
    functionError,
    executedVersion: '$LATEST',
  });
  const server = await startTestApi({
    stream: async () => ({
      executedVersion: '$LATEST',
      contentType,
      chunks: Readable.from(chunks.map((chunk) => Buffer.from(chunk))),
      completed,
    }),
  });
  await createFunction(server, 'hello');
  await letEverybodyIn(server);
  const { FunctionUrl } = await connectClient(server).send(
    new CreateFunctionUrlConfigCommand({
      FunctionName: 'hello',
      AuthType: 'NONE',
      InvokeMode: 'RESPONSE_STREAM',
    }),
  );
  return { ...server, headers: { host: new URL(FunctionUrl ?? '').host } };
}

const httpResponseType = 'application/vnd.awslambda.http-integration-response';

test('a streamed answer has the status and headers of its head, wherever that is cut', async () => {
  const head = JSON.stringify({ statusCode: 202, headers: { 'X-A': 'b' }, cookies: ['c=d'] });
  const { headers, send } = await startStreaming({
    contentType: httpResponseType,
    chunks: [head.slice(0, 9), `${head.slice(9)}\0\0\0`, '\0\0\0\0\0one ', 'two'],
  });
  const answer = await send('/', { headers });
  expect(answer).toMatchObject({
    status: 202,
    body: 'one two',
    headers: { 'x-a': 'b', 'set-cookie': ['c=d'], 'transfer-encoding': 'chunked' },
  });
});

test('without a head a streamed answer is a 200 with the content type that the function set', async () => {
  const { headers, send } = await startStreaming({ contentType: 'text/html', chunks: ['<p>', 'hi'] });
  const answer = await send('/', { headers });
  expect(answer).toMatchObject({ status: 200, body: '<p>hi', headers: { 'content-type': 'text/html' } });
});

test.each([
  ['fails before its first chunk', { contentType: 'text/plain', chunks: [], functionError: 'Unhandled' }],
  ['has a head that does not end', { contentType: httpResponseType, chunks: ['{"statusCode":200}'] }],
  ['has a head that is not JSON', { contentType: httpResponseType, chunks: [`{${'\0'.repeat(8)}`] }],
] as const)('a streaming function that %s is a bad gateway', async (_what, streamed) => {
  const { headers, send } = await startStreaming(streamed);
  expect(await send('/', { headers })).toMatchObject({ status: 502, body: 'Internal Server Error' });
});

test('a streamed answer whose function fails later is cut off', async () => {
  const { headers, send } = await startStreaming({
    contentType: 'text/plain',
    chunks: ['begun'],
    functionError: 'Unhandled',
  });
  await expect(send('/', { headers })).rejects.toThrow('aborted');
});
