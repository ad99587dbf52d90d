import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { type FunctionUrl, functionUrlHost } from '../../../core/function-urls/function-url.ts';
import type { ClientView } from '../forwarded.ts';
import { functionCookies } from './session-cookies.ts';

/** What an event says of who signed the request. */
export interface IamAuthorizer {
  accessKey: string;
  accountId: string;
  callerId: string;
  cognitoIdentity: null;
  principalOrgId: null;
  userArn: string;
  userId: string;
}

export interface UrlRequest {
  url: FunctionUrl;
  message: IncomingMessage;
  /** As on the wire, without the prefix of the path form. */
  rawPath: string;
  rawQueryString: string;
  body: Buffer;
  client: ClientView;
  requestId: string;
  traceId: string;
  /** Milliseconds since the epoch. */
  now: number;
  iam: IamAuthorizer | undefined;
}

/** Of one connection, not of the request; and what another member of the event carries. */
const hiddenHeaders: ReadonlySet<string> = new Set([
  'connection',
  'cookie',
  'keep-alive',
  'transfer-encoding',
]);

/**
 * The event of a request to a function URL, payload format 2.0.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
export function urlEvent(request: UrlRequest) {
  const { url, message, rawPath, rawQueryString, body, client, now, iam } = request;
  const cookies = functionCookies(message.headers.cookie);
  const query = queryParameters(rawQueryString);
  const isText = body.length > 0 && isTextual(message) && isUtf8(body);
  const domainName = functionUrlHost(url);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookies.length > 0 && { cookies }),
    headers: eventHeaders(request),
    ...(query && { queryStringParameters: query }),
    requestContext: {
      accountId: iam?.accountId ?? 'anonymous',
      apiId: url.id,
      authentication: null,
      ...(iam && { authorizer: { iam } }),
      domainName,
      domainPrefix: url.id,
      http: {
        method: message.method ?? '',
        path: rawPath,
        protocol: `HTTP/${message.httpVersion}`,
        sourceIp: client.clientAddress,
        userAgent: message.headers['user-agent'] ?? null,
      },
      requestId: request.requestId,
      routeKey: '$default',
      stage: '$default',
      time: logTime(now),
      timeEpoch: now,
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function eventHeaders({ message, client, traceId, iam }: UrlRequest): Record<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    const name = (message.rawHeaders[index] ?? '').toLowerCase();
    const value = message.rawHeaders[index + 1] ?? '';
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  for (const name of hiddenHeaders) headers.delete(name);
  // A signature is for this server, and good for some minutes.
  if (iam) headers.delete('authorization');
  headers.set('x-amzn-trace-id', traceId);
  headers.set('x-forwarded-for', client.clientAddress);
  headers.set('x-forwarded-proto', client.scheme);
  headers.set(
    'x-forwarded-port',
    /:(\d+)$/.exec(client.host)?.[1] ?? (client.scheme === 'https' ? '443' : '80'),
  );
  // Without a prototype, so that a header named __proto__ is one.
  return Object.assign(Object.create(null), Object.fromEntries(headers));
}

/** Decoded; the values of a parameter that comes more than once are joined by commas. */
function queryParameters(rawQueryString: string): Record<string, string> | undefined {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const earlier = values.get(name);
    values.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return values.size > 0 ? Object.fromEntries(values) : undefined;
}

/** Everything else arrives in base64, forms included, as on Lambda. */
function isTextual({ headers }: IncomingMessage): boolean {
  if (headers['content-encoding'] !== undefined) return false;
  return /^(text\/.*|application\/(json|javascript|xml|.*\+json|.*\+xml))$/i.test(
    (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '',
  );
}

/** `12/Mar/2020:19:03:58 +0000` */
function logTime(now: number): string {
  const [, day, month, year, time] = new Date(now).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
