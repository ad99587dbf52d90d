import http from 'node:http';
import { text } from 'node:stream/consumers';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { ServiceError } from '../../core/errors.ts';
import { connectClient, createFunction, signHeaders, startTestApi } from './test-api.ts';

const functions = '/2015-03-31/functions';
const invocations = `${functions}/hello/invocations`;
const origin = 'https://page.example';

test('pages of any origin may ask for the AWS API, and read what it answers', async () => {
  const server = await startTestApi();
  const preflight = await server.send(invocations, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,x-amz-date',
    },
  });
  expect(preflight).toMatchObject({
    status: 200,
    body: '',
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'DELETE,GET,POST,PUT',
      'access-control-allow-headers': 'authorization,x-amz-date',
    },
  });
  expect(preflight.headers).not.toHaveProperty('access-control-allow-credentials');
  const answer = await server.sendSigned(functions, { headers: { origin } });
  expect(answer).toMatchObject({
    status: 200,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': expect.stringContaining('x-amzn-requestid'),
    },
  });
  const refused = await server.send(functions, { headers: { origin } });
  expect(refused).toMatchObject({ status: 403, headers: { 'access-control-allow-origin': '*' } });
  expect((await server.sendSigned(functions)).headers).not.toHaveProperty('access-control-allow-origin');
});

test.each(['/hearth/health', '/hearth/isolation', '/auth/me', '/auth/setup'])(
  'pages of other origins may not read %s',
  async (path) => {
    const server = await startTestApi();
    expect((await server.send(path, { headers: { origin } })).headers).not.toHaveProperty(
      'access-control-allow-origin',
    );
    const preflight = { origin, 'access-control-request-method': 'GET' };
    const answer = await server.send(path, { method: 'OPTIONS', headers: preflight });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  },
);

test('a client that waits for 100 Continue is told to go on', async () => {
  const server = await startTestApi();
  await createFunction(server, 'hello');
  const body = '{"a":1}';
  const headers = await signHeaders(server.port, invocations, { method: 'POST', body });
  const length = { 'content-length': String(body.length), expect: '100-continue' };
  const options = { host: '127.0.0.1', port: server.port, path: invocations, method: 'POST', agent: false };
  const request = http.request({ ...options, headers: { ...headers, ...length } });
  request.flushHeaders();
  const answered = new Promise<http.IncomingMessage>((resolve) => request.on('response', resolve));
  await new Promise((resolve) => request.on('continue', resolve));
  request.end(body);
  expect(await text(await answered)).toBe(body);
});

test('a throttled client is told the reason and when to come back', async () => {
  const server = await startTestApi({
    invoke: async () => {
      const details = { Reason: 'ConcurrentInvocationLimitExceeded' };
      throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.', { details });
    },
  });
  await createFunction(server, 'hello');
  const client = connectClient(server);
  await expect(client.send(new InvokeCommand({ FunctionName: 'hello' }))).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    Reason: 'ConcurrentInvocationLimitExceeded',
    retryAfterSeconds: '1',
  });
});
