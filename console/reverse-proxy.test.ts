import { once } from 'node:events';
import http, { type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { createReverseProxy, dropClaims, type ReverseProxy } from './reverse-proxy.ts';

const servers: Server[] = [];
const proxies: ReverseProxy[] = [];

afterEach(() => {
  for (const proxy of proxies.splice(0)) proxy.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(listener: RequestListener): Promise<number> {
  const server = http.createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A console in front of a worker that answers as told. */
async function consoleBefore(worker: RequestListener): Promise<number> {
  const proxy = createReverseProxy(`http://127.0.0.1:${await listen(worker)}`);
  proxies.push(proxy);
  return listen((request, response) => {
    dropClaims(request);
    if (!proxy.handle(request, response)) response.end('page');
  });
}

async function ask(
  port: number,
  path: string,
  options: http.RequestOptions & { body?: string } = {},
): Promise<IncomingMessage> {
  const request = http.request({ ...options, hostname: '127.0.0.1', port, path });
  request.end(options.body);
  const [response] = await once(request, 'response');
  return response;
}

const echo: RequestListener = async (request, response) => {
  response.end(
    JSON.stringify({
      url: request.url,
      method: request.method,
      headers: request.headers,
      body: await text(request),
    }),
  );
};

test('the API is reached under /api without the prefix and sign-in under /auth with it; all else are pages', async () => {
  const port = await consoleBefore(echo);
  const seen = async (path: string) => JSON.parse(await text(await ask(port, path))).url;
  expect(await seen('/api/2015-03-31/functions/a%2Fb?Marker=x%20y')).toBe(
    '/2015-03-31/functions/a%2Fb?Marker=x%20y',
  );
  expect(await seen('/auth/me')).toBe('/auth/me');
  for (const page of ['/functions', '/api', '/apiary', '/auth'])
    expect(await text(await ask(port, page))).toBe('page');
});

test('the worker learns who really asked, whatever the client claims', async () => {
  const port = await consoleBefore(echo);
  const answer = await ask(port, '/api/x', {
    method: 'POST',
    body: 'hello',
    headers: {
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'for=6.6.6.6',
      cookie: 'a=b; c=d',
      'x-amz-log-type': 'Tail',
    },
  });
  const { headers, body } = JSON.parse(await text(answer));
  expect(body).toBe('hello');
  expect(headers).toMatchObject({
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-host': `127.0.0.1:${port}`,
    'x-forwarded-proto': 'http',
    cookie: 'a=b; c=d',
    'x-amz-log-type': 'Tail',
  });
  expect(headers.forwarded).toBeUndefined();
});

test('statuses, repeated headers and bodies come back as they are', async () => {
  const port = await consoleBefore((_, response) => {
    response.writeHead(418, { 'set-cookie': ['a=1', 'b=2'], 'x-amzn-requestid': 'r' });
    response.end('teapot');
  });
  const answer = await ask(port, '/auth/x');
  expect(answer.statusCode).toBe(418);
  expect(answer.headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], 'x-amzn-requestid': 'r' });
  expect(await text(answer)).toBe('teapot');
});

test('an answer streams: its first part arrives while the rest is not written yet', async () => {
  const finish = Promise.withResolvers<void>();
  const port = await consoleBefore(async (_, response) => {
    response.write('first');
    await finish.promise;
    response.end('second');
  });
  const answer = await ask(port, '/api/stream');
  const [first] = await once(answer, 'data');
  expect(String(first)).toBe('first');
  finish.resolve();
  expect(await text(answer)).toBe('second');
});

test('a request streams: the worker reads its first part while the rest is not sent yet', async () => {
  const firstPart = Promise.withResolvers<string>();
  const port = await consoleBefore(async (request, response) => {
    const [chunk] = await once(request, 'data');
    firstPart.resolve(String(chunk));
    response.end(await text(request));
  });
  const request = http.request({ hostname: '127.0.0.1', port, path: '/api/upload', method: 'POST' });
  const answered = once(request, 'response');
  request.write('first');
  expect(await firstPart.promise).toBe('first');
  request.end('second');
  const [answer] = await answered;
  expect(await text(answer)).toBe('second');
});

test('an answer that comes before the whole request was sent gets through', async () => {
  const port = await consoleBefore((_, response) => response.writeHead(413).end('too large'));
  const request = http.request({ hostname: '127.0.0.1', port, path: '/api/x', method: 'POST' });
  request.on('error', () => {});
  const answered = once(request, 'response');
  request.write('part of a large body');
  const [answer] = await answered;
  expect(answer.statusCode).toBe(413);
  request.destroy();
});

test('an answer opened as a page can do nothing', async () => {
  const port = await consoleBefore((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<script>alert(1)</script>');
  });
  const { headers } = await ask(port, '/api/x');
  expect(headers['content-security-policy']).toContain('sandbox');
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('a worker that is down is a 502 with a message', async () => {
  const port = await consoleBefore((request) => request.socket.destroy());
  const answer = await ask(port, '/api/x');
  expect(answer.statusCode).toBe(502);
  expect(JSON.parse(await text(answer))).toEqual({ message: 'The worker is not answering.' });
});

test('a client that goes away ends the request to the worker', async () => {
  const ended = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const port = await consoleBefore((_, response) => {
    response.on('close', () => ended.resolve());
    reached.resolve();
  });
  const request = http.request({ hostname: '127.0.0.1', port, path: '/api/slow' });
  request.on('error', () => {});
  request.end();
  await reached.promise;
  request.destroy();
  await ended.promise;
});

test('a request without a body reaches the worker without one', async () => {
  const port = await consoleBefore(echo);
  const { headers } = JSON.parse(await text(await ask(port, '/api/x')));
  expect(headers['transfer-encoding']).toBeUndefined();
  expect(headers['content-length']).toBeUndefined();
});
