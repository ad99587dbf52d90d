import http, { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

/** Headers that concern one connection only (RFC 9110, 7.6.1). */
const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade'];

/** What only a proxy may say about a client. */
const claims = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto'];

/** Keeps an answer of the API, opened as a page, from doing anything: it may carry what functions wrote. */
const inert = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'x-content-type-options': 'nosniff',
};

/** Hands requests to the worker and its answers back. */
export interface ReverseProxy {
  /** Takes the request when it is the worker's; returns false when it is the console's own. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Ends the connections to the worker. */
  close(): void;
}

/**
 * A proxy from `/api/<path>` to the worker's `/<path>`, and from `/auth/<path>` to the same path. Bodies stream in
 * both directions without limit; an invocation may take 15 minutes to answer, so nothing here times out.
 * @param apiOrigin the worker's, `http://127.0.0.1:4566`.
 */
export function createReverseProxy(apiOrigin: string): ReverseProxy {
  const { hostname, port, host } = new URL(apiOrigin);
  const agent = new http.Agent({ keepAlive: true });

  function forward(request: IncomingMessage, response: ServerResponse, path: string): void {
    const upstream = http.request({
      agent,
      hostname,
      port,
      path,
      method: request.method,
      headers: requestHeaders(request, host),
    });
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, {
        ...inert,
        ...withoutHopByHop(answer),
      });
      // Errors here mean that either side went away; pipeline has ended the other by then.
      pipeline(answer, response, () => {});
    });
    upstream.on('error', () => refuse(response));
    response.on('close', () => {
      if (!response.writableFinished) upstream.destroy();
    });
    // Not pipeline: an answer may come before the request has ended, and must get through.
    request.pipe(upstream);
  }

  return {
    handle(request, response) {
      const path = workerPath(request.url ?? '');
      if (path === undefined) return false;
      forward(request, response, path);
      return true;
    },
    close: () => agent.destroy(),
  };
}

/** Takes away what a client claims about itself: the console is the first proxy, and nobody before it is one. */
export function dropClaims(request: IncomingMessage): void {
  for (const name of claims) delete request.headers[name];
}

function workerPath(url: string): string | undefined {
  if (url.startsWith('/api/')) return url.slice('/api'.length);
  if (url.startsWith('/auth/')) return url;
  return undefined;
}

function requestHeaders(request: IncomingMessage, workerHost: string): OutgoingHttpHeaders {
  const headers = withoutHopByHop(request);
  return {
    ...headers,
    // An absent length means chunks; a request without either has no body and must not get one.
    ...(request.headers['transfer-encoding'] && { 'transfer-encoding': 'chunked' }),
    host: workerHost,
    'x-forwarded-for': request.socket.remoteAddress ?? '',
    'x-forwarded-host': request.headers.host ?? '',
    'x-forwarded-proto': 'http',
  };
}

function withoutHopByHop(message: IncomingMessage): OutgoingHttpHeaders {
  const named = (message.headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const dropped = new Set([...hopByHop, ...named]);
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined && !dropped.has(name)) headers[name] = value;
  }
  return headers;
}

function refuse(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(502, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ message: 'The worker is not answering.' }));
}
