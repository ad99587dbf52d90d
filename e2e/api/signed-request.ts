import { createHash, createHmac } from 'node:crypto';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Hearth } from '../harness/hearth.ts';

interface Request {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** An answer, read whole. */
interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A request to a server on this machine by any name, also where names below localhost do not resolve. */
export async function send(
  address: string,
  { method = 'GET', headers = {}, body = '' }: Request = {},
): Promise<Answer> {
  const { host, port, pathname, search } = new URL(address);
  const length = { host, 'content-length': String(Buffer.byteLength(body)) };
  const answered = Promise.withResolvers<http.IncomingMessage>();
  http
    .request({ host: '127.0.0.1', port, path: pathname + search, method, headers: { ...headers, ...length } })
    .on('response', answered.resolve)
    .on('error', answered.reject)
    .end(body);
  const answer = await answered.promise;
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) };
}

/** The same with a signature of the root key, as `curl --aws-sigv4` makes one. */
export async function sendSigned(hearth: Hearth, address: string, request: Request = {}): Promise<Answer> {
  const url = new URL(address);
  const signer = new SignatureV4({
    service: 'lambda',
    region: hearth.region,
    credentials: { accessKeyId: hearth.accessKeyId, secretAccessKey: hearth.secretAccessKey },
    sha256: Sha256,
  });
  const { headers } = await signer.sign({
    method: request.method ?? 'GET',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host, ...request.headers },
    body: request.body ?? '',
  });
  return send(address, { ...request, headers });
}

type Data = string | ArrayBuffer | ArrayBufferView;

/** SHA-256 and HMAC as the SDK's signer wants them. */
export class Sha256 {
  readonly #hash;

  constructor(secret?: Data) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }

  update(data: Data): void {
    this.#hash.update(bytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {}
}

function bytes(data: Data): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
}
