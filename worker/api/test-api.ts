import { createHash, createHmac, type Hash, type Hmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';
import Fastify from 'fastify';
import { strToU8, zipSync } from 'fflate';
import { onTestFinished } from 'vitest';
import { type Core, closeCore, openCore } from '../../core/core.ts';
import type { Engine, InvokeRequest, InvokeResult, StreamedResult } from '../engine/engine.ts';
import { createTelemetry } from '../telemetry/telemetry.ts';
import { type Api, type ApiTimeouts, createApi } from './server.ts';

const rootKey = { accessKeyId: 'AKIAROOTROOTROOTROOT', secretAccessKey: 'root-secret' };
const accountId = '000000000000';

/** An answer, read whole. */
export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export interface TestRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** A whole API on a port of its own, over a new data directory. Gone when the test is finished. */
export interface TestApi {
  api: Api;
  core: Core;
  port: number;
  /** What the server logged. */
  log: string[];
  /** Turns the server's clock. */
  turnClock(milliseconds: number): void;
  /** Sends a request as it is. */
  send(path: string, request?: TestRequest): Promise<Answer>;
  /** Sends a request signed with the root key, or with what `signing` says. */
  sendSigned(path: string, request?: TestRequest, signing?: Partial<Signing>): Promise<Answer>;
  /** Writes text to a socket and reads until the server ends the connection. */
  sendRaw(text: string): Promise<string>;
}

export interface Signing {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  region: string;
  service: string;
  date: Date;
}

export async function startTestApi(
  options: {
    timeouts?: ApiTimeouts;
    invoke?: (request: InvokeRequest) => Promise<InvokeResult>;
    stream?: (request: InvokeRequest) => Promise<StreamedResult>;
  } = {},
): Promise<TestApi> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'hearth-api-'));
  const log: string[] = [];
  let clockOffset = 0;
  const clock = { now: () => Date.now() + clockOffset };
  const core = await openCore({
    dataDirectory: path.join(directory, 'data'),
    accountId,
    region: 'us-east-1',
    rootAccessKey: rootKey,
    clock,
    uuid: randomUUID,
    random: Math.random,
    reportError: (error) => log.push(String(error)),
  });
  const { log: logger } = Fastify({ logger: { level: 'warn', stream: { write: (line) => log.push(line) } } });
  // Not started: only the routes of telemetry need it, and they have tests with a whole server.
  const telemetry = createTelemetry({
    directory,
    cpuCount: 1,
    payloadKey: Buffer.alloc(32),
    longestPayload: 0,
    invocationDays: 1,
    payloadDays: 1,
    maxBytes: 1,
    warn: (message) => log.push(message),
  });
  const api = await createApi({
    core,
    engine: fakeEngine(options.invoke, options.stream),
    telemetry,
    log: logger,
    timeouts: options.timeouts,
  });
  const port = await api.listen('127.0.0.1', 0);
  onTestFinished(async () => {
    await api.close();
    await closeCore(core);
    await rm(directory, { recursive: true });
  });
  const send: TestApi['send'] = (urlPath, request) => exchange(port, urlPath, request);
  return {
    api,
    core,
    port,
    log,
    turnClock: (milliseconds) => {
      clockOffset += milliseconds;
    },
    send,
    async sendSigned(urlPath, request = {}, signing = {}) {
      return send(urlPath, { ...request, headers: await signHeaders(port, urlPath, request, signing) });
    },
    sendRaw: (data) => exchangeRaw(port, data),
  };
}

/** A package of one `index.mjs`. */
export function zipOf(text: string): Buffer {
  return Buffer.from(zipSync({ 'index.mjs': strToU8(text) }, { mtime: '2026-01-01' }));
}

/** All that a new function needs but its name. */
export const functionInput = {
  Role: `arn:aws:iam::${accountId}:role/any`,
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Code: { ZipFile: zipOf('export const handler = async (event) => event;') },
} as const;

/** Makes a function. */
export async function createFunction(server: TestApi, name: string): Promise<void> {
  await connectClient(server).send(new CreateFunctionCommand({ ...functionInput, FunctionName: name }));
}

/** The AWS SDK, with the root key and without retries. */
export function connectClient(server: TestApi): LambdaClient {
  const client = new LambdaClient({
    endpoint: `http://127.0.0.1:${server.port}`,
    region: 'us-east-1',
    credentials: rootKey,
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** The headers of a request, and those that sign it. */
export async function signHeaders(
  port: number,
  urlPath: string,
  { method = 'GET', headers = {}, body }: TestRequest,
  signing: Partial<Signing> = {},
): Promise<Record<string, string>> {
  const signer = new SignatureV4({
    service: signing.service ?? 'lambda',
    region: signing.region ?? 'us-east-1',
    credentials: { ...rootKey, ...signing },
    sha256: Sha256,
  });
  const url = new URL(urlPath, 'http://localhost');
  const signed = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: urlPath.split('?')[0] ?? '',
      query: Object.fromEntries(url.searchParams),
      headers: { host: `127.0.0.1:${port}`, ...headers },
      body,
    },
    { signingDate: signing.date ?? new Date() },
  );
  return signed.headers;
}

async function exchange(port: number, urlPath: string, request: TestRequest = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = request;
  // Without either header Node.js would write the body of a DELETE as if it were the next request.
  const length =
    body === undefined || 'transfer-encoding' in headers ? {} : { 'content-length': Buffer.byteLength(body) };
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const outgoing = http.request(
    { host: '127.0.0.1', port, path: urlPath, method, headers: { ...headers, ...length }, agent: false },
    resolve,
  );
  outgoing.on('error', reject);
  outgoing.end(body);
  const incoming = await promise;
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: await text(incoming) };
}

async function exchangeRaw(port: number, data: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  socket.write(data);
  return text(socket);
}

function fakeEngine(
  invoke: ((request: InvokeRequest) => Promise<InvokeResult>) | undefined,
  stream: ((request: InvokeRequest) => Promise<StreamedResult>) | undefined,
): Engine {
  return {
    start: async () => {},
    stop: async () => {},
    invoke: invoke ?? (async ({ payload, executable }) => ({ payload, executedVersion: executable.version })),
    invokeWithResponseStream:
      stream ??
      (async ({ payload, executable: { version: executedVersion } }) => ({
        executedVersion,
        contentType: 'application/json',
        chunks: Readable.from([payload]),
        completed: Promise.resolve({ payload, executedVersion }),
      })),
    retire: () => {},
    isolation: () => ({
      driver: 'process',
      protections: [{ name: 'none', active: false, detail: 'a test' }],
    }),
  };
}

/** Node.js's SHA-256 and HMAC as the SDK's signer wants them. */
export class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    const key = typeof secret === 'string' ? secret : secret && bytes(secret);
    this.#hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof data === 'string' ? data : bytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {}
}

function bytes(data: ArrayBuffer | ArrayBufferView): Buffer {
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
}
