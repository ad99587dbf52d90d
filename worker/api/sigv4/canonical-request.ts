import type { SignedMessage } from './request-signature.ts';

/** The headers of a request as signing sees them: lower-case names, values joined and without needless space. */
export function canonicalHeaderValues(rawHeaders: readonly string[]): Map<string, string> {
  const values = new Map<string, string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = trimAll(rawHeaders[index + 1] ?? '');
    const earlier = values.get(name);
    values.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return values;
}

/**
 * The text that a signature stands for, hashed by the signer. Services other than S3 encode the path, which is
 * encoded already on the wire, once more.
 * Source: AWS General Reference, "Create a signed AWS API request".
 * @param signedHeaders lower-case names joined by `;`, as the client claims them
 * @param payloadHash SHA-256 of the body, lower-case hexadecimal
 */
export function canonicalRequest(
  message: SignedMessage,
  headerValues: ReadonlyMap<string, string>,
  signedHeaders: string,
  payloadHash: string,
): string {
  const url = message.url ?? '/';
  const question = url.indexOf('?');
  const path = question < 0 ? url : url.slice(0, question);
  const query = question < 0 ? '' : url.slice(question + 1);
  let headers = '';
  for (const name of signedHeaders.split(';')) headers += `${name}:${headerValues.get(name) ?? ''}\n`;
  return `${message.method ?? ''}\n${canonicalPath(path)}\n${canonicalQuery(query)}\n${headers}\n${signedHeaders}\n${payloadHash}`;
}

/** @param path as on the wire */
function canonicalPath(path: string): string {
  const normal = path.includes('//') || path.includes('/.') ? normalizePath(path) : path || '/';
  return encode(normal).replaceAll('%2F', '/');
}

function normalizePath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}${segments.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

/** @param query as on the wire, without `?` */
function canonicalQuery(query: string): string {
  if (query === '') return '';
  const parameters: [name: string, value: string][] = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    if (name === 'X-Amz-Signature') continue;
    parameters.push([recode(name), equals < 0 ? '' : recode(part.slice(equals + 1))]);
  }
  if (parameters.length > 1) parameters.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]));
  return parameters.map(([name, value]) => `${name}=${value}`).join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What clients leave unencoded differs; signing does not. */
function recode(text: string): string {
  if (!needsEncoding.test(text)) return text;
  try {
    return encode(decodeURIComponent(text));
  } catch {
    return encode(text);
  }
}

const needsEncoding = /[^A-Za-z0-9\-._~]/;

/** Encodes everything but RFC 3986's unreserved characters. */
function encode(text: string): string {
  if (!needsEncoding.test(text)) return text;
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function trimAll(value: string): string {
  return /^\s|\s$|\s\s|\t/.test(value) ? value.trim().replace(/\s+/g, ' ') : value;
}
