import type { IncomingMessage, ServerResponse } from 'node:http';

/** What is Hearth's own is for its own pages; everything else is AWS's, whose SDK also runs in browsers. */
const own = /^\/(auth|hearth)(\/|$|\?)/;

const exposed = [
  'x-amzn-requestid',
  'x-amzn-errortype',
  'x-amzn-trace-id',
  'x-amz-executed-version',
  'x-amz-function-error',
  'x-amz-log-result',
  'date',
  'retry-after',
].join(',');

/**
 * Lets pages of any origin call the AWS APIs with a signature, and answers their preflight requests. Never with
 * credentials: a page cannot use the console's session this way.
 * @returns whether the request is answered.
 */
export function answerOtherOrigins(message: IncomingMessage, response: ServerResponse): boolean {
  const { method, url = '/', headers } = message;
  if (headers.origin === undefined || own.test(url)) return false;
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', exposed);
  if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false;
  response.writeHead(200, {
    'access-control-allow-methods': 'DELETE,GET,POST,PUT',
    // A wildcard would not cover Authorization.
    'access-control-allow-headers': headers['access-control-request-headers'] ?? 'authorization',
    'access-control-max-age': '172800',
    'content-length': '0',
  });
  response.end();
  return true;
}
