import { validateHeaderName, validateHeaderValue } from 'node:http';
import { isConsoleCookie } from './session-cookies.ts';

/** What a function answers by HTTP, in the wire's terms. Header names are in lower case. */
export interface FunctionResponse {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/** The function's answer cannot be sent; clients see `502 Internal Server Error`. */
export class BadFunctionResponse extends Error {
  override readonly name = 'BadFunctionResponse';
}

type Members = Readonly<Record<string, unknown>>;

/** Headers that belong to the connection or to Lambda; a function's own are sent under another name. */
const remapped: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-length',
  'date',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
]);

/**
 * Reads a function's result: an object with `statusCode` says all itself, anything else is the body of a 200.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 * @param payload JSON
 * @throws BadFunctionResponse
 */
export function readFunctionResponse(payload: Buffer): FunctionResponse {
  const result = parse(payload);
  if (!isObject(result) || !('statusCode' in result)) {
    const body = typeof result === 'string' ? Buffer.from(result) : payload;
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const { body = '', isBase64Encoded = false } = result;
  if (body !== null && typeof body !== 'string') throw new BadFunctionResponse('body is not a string');
  if (typeof isBase64Encoded !== 'boolean') throw new BadFunctionResponse('isBase64Encoded is not a boolean');
  return {
    ...readResponseHead(result),
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
}

/**
 * Reads the head of an answer: `statusCode`, `headers` and `cookies`, each of which may be missing.
 * @throws BadFunctionResponse
 */
export function readResponseHead(result: unknown): Omit<FunctionResponse, 'body'> {
  if (!isObject(result)) throw new BadFunctionResponse('it is not an object');
  const { statusCode = 200, headers = {}, cookies = [] } = result;
  const status =
    typeof statusCode === 'string' && /^\d{3}$/.test(statusCode) ? Number(statusCode) : statusCode;
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599) {
    throw new BadFunctionResponse('statusCode is not a status');
  }
  if (headers !== null && !isObject(headers)) throw new BadFunctionResponse('headers is not an object');
  if (
    cookies !== null &&
    !(Array.isArray(cookies) && cookies.every((cookie) => typeof cookie === 'string'))
  ) {
    throw new BadFunctionResponse('cookies is not a list of strings');
  }
  return { status, headers: readHeaders(headers ?? {}, cookies ?? []) };
}

function readHeaders(given: Members, cookies: readonly string[]): Record<string, string | string[]> {
  const headers = new Map<string, string>([['content-type', 'application/json']]);
  const setCookies = [...cookies];
  for (const [givenName, value] of Object.entries(given)) {
    if (value === null || typeof value === 'object') throw new BadFunctionResponse(`header ${givenName}`);
    const name = givenName.toLowerCase();
    if (name === 'set-cookie') setCookies.push(String(value));
    else headers.set(remapped.has(name) ? `x-amzn-remapped-${name}` : name, String(value));
  }
  const allowed = setCookies.filter((cookie) => !isConsoleCookie(cookie));
  try {
    for (const [name, value] of headers) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    for (const cookie of allowed) validateHeaderValue('set-cookie', cookie);
  } catch (error) {
    throw new BadFunctionResponse('a header is not valid', { cause: error });
  }
  return { ...Object.fromEntries(headers), ...(allowed.length > 0 && { 'set-cookie': allowed }) };
}

function parse(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    // What a streaming handler wrote need not be JSON.
    return payload.toString();
  }
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
