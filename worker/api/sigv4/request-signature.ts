import { ServiceError } from '../../../core/errors.ts';

/** What of an HTTP request a signature covers besides its body; Node.js's `IncomingMessage` is one. */
export interface SignedMessage {
  method?: string | undefined;
  /** Path and query as on the wire. */
  url?: string | undefined;
  headers: { readonly [name: string]: string | string[] | undefined };
  /** Names and values in turn, as on the wire. */
  rawHeaders: readonly string[];
}

/** The claims of a request's signature, syntactically right and nothing more. */
export interface RequestSignature {
  accessKeyId: string;
  /** The credential scope: `20260131`, `us-east-1`, `lambda`, `aws4_request`. */
  scopeDate: string;
  region: string;
  service: string;
  terminator: string;
  /** When it was signed, `20260131T102030Z` … */
  timestamp: string;
  /** … and as milliseconds since the epoch. */
  signedAt: number;
  /** Lower-case names joined by `;`. */
  signedHeaders: string;
  /** Lower-case hexadecimal. */
  signature: string;
  sessionToken: string | undefined;
  /** How long a presigned URL lives; undefined for a signature in the Authorization header. */
  expiresSeconds: number | undefined;
}

const algorithm = 'AWS4-HMAC-SHA256';
const longestExpirySeconds = 604_800;

/**
 * Reads the signature of a request, from its Authorization header or its query string.
 * @returns undefined when the request carries neither.
 * @throws ServiceError IncompleteSignatureException, with AWS's texts.
 */
export function readSignature(message: SignedMessage): RequestSignature | undefined {
  const authorization = header(message, 'authorization');
  const query = message.url?.includes('X-Amz-') ? presignedParameters(message.url) : undefined;
  if (authorization !== undefined && query !== undefined) {
    throw incomplete('Only one of the Authorization header and the X-Amz-* query parameters may be given.');
  }
  if (authorization !== undefined) return fromHeader(message, authorization);
  return query && fromQuery(query);
}

function fromHeader(message: SignedMessage, authorization: string): RequestSignature {
  const space = authorization.indexOf(' ');
  const scheme = space < 0 ? authorization : authorization.slice(0, space);
  if (scheme !== algorithm) throw incomplete(`Unsupported AWS 'algorithm': '${scheme}'.`);
  let credential: string | undefined;
  let signedHeaders: string | undefined;
  let signature: string | undefined;
  for (const part of authorization.slice(algorithm.length).split(',')) {
    const field = part.trim();
    if (field === '') continue;
    const equals = field.indexOf('=');
    if (equals < 0) {
      throw incomplete(
        `'${field}' not a valid key=value pair (missing equal-sign) in Authorization header: '${authorization}'.`,
      );
    }
    const value = field.slice(equals + 1);
    const name = field.slice(0, equals);
    if (name === 'Credential') credential = value;
    else if (name === 'SignedHeaders') signedHeaders = value;
    else if (name === 'Signature') signature = value;
  }
  const timestamp = header(message, 'x-amz-date') ?? header(message, 'date');
  if (!credential || !signature || !signedHeaders || !timestamp) {
    const missing = [
      credential ? '' : "Authorization header requires 'Credential' parameter.",
      signature ? '' : "Authorization header requires 'Signature' parameter.",
      signedHeaders ? '' : "Authorization header requires 'SignedHeaders' parameter.",
      timestamp ? '' : "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    ];
    throw incomplete(missing.filter(Boolean).join(' '));
  }
  return {
    ...readCredential(credential),
    ...readTimestamp(timestamp),
    signedHeaders,
    signature,
    sessionToken: header(message, 'x-amz-security-token'),
    expiresSeconds: undefined,
  };
}

function fromQuery(query: URLSearchParams): RequestSignature {
  const required = (name: string) => {
    const value = query.get(name);
    if (!value) {
      throw incomplete(
        `AWS query-string parameters must include '${name}'. Re-examine the query-string parameters.`,
      );
    }
    return value;
  };
  const scheme = required('X-Amz-Algorithm');
  if (scheme !== algorithm) throw incomplete(`Unsupported AWS 'algorithm': '${scheme}'.`);
  const credential = readCredential(required('X-Amz-Credential'));
  const timestamp = readTimestamp(required('X-Amz-Date'));
  const expires = required('X-Amz-Expires');
  const expiresSeconds = /^\d{1,9}$/.test(expires) ? Number(expires) : 0;
  if (expiresSeconds < 1 || expiresSeconds > longestExpirySeconds) {
    throw incomplete(`'X-Amz-Expires' must be a number of seconds from 1 to ${longestExpirySeconds}.`);
  }
  return {
    ...credential,
    ...timestamp,
    signedHeaders: required('X-Amz-SignedHeaders'),
    signature: required('X-Amz-Signature'),
    sessionToken: query.get('X-Amz-Security-Token') ?? undefined,
    expiresSeconds,
  };
}

/** The query parameters when at least one of them belongs to a presigned URL. */
function presignedParameters(url: string): URLSearchParams | undefined {
  const start = url.indexOf('?');
  if (start < 0) return undefined;
  const query = new URLSearchParams(url.slice(start + 1));
  const presigned = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature'].some((name) =>
    query.has(name),
  );
  return presigned ? query : undefined;
}

function readCredential(credential: string) {
  const [accessKeyId, scopeDate, region, service, terminator, ...rest] = credential.split('/');
  if (!accessKeyId || !scopeDate || !region || !service || !terminator || rest.length > 0) {
    throw incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  return { accessKeyId, scopeDate, region, service, terminator };
}

function readTimestamp(text: string): { timestamp: string; signedAt: number } {
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  // Without X-Amz-Date the Date header counts, which may also be of RFC 1123.
  const signedAt = basic
    ? Date.parse(text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
    : /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)
      ? Date.parse(text)
      : Number.NaN;
  if (Number.isNaN(signedAt)) {
    throw incomplete(
      `Date must be in ISO-8601 'basic format'. Got '${text}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  return { timestamp: basic ? text : formatTimestamp(signedAt), signedAt };
}

/** ISO-8601's basic format, as signatures write times: `20260131T102030Z`. */
export function formatTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function header(message: SignedMessage, name: string): string | undefined {
  const value = message.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function incomplete(message: string): ServiceError {
  return new ServiceError('IncompleteSignatureException', message);
}
