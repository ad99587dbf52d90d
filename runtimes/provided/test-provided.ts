import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { type OutgoingHttpHeaders, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { frameType, invokeHeader, TestRuntime } from '../test-runtime.ts';

/** Tells the test where its Runtime API is, and runs what the test tells it. */
const remoteControlled = `#!/bin/bash
exec 5<>/dev/tcp/127.0.0.1/$TEST_PORT
echo "$AWS_LAMBDA_RUNTIME_API" >&5
while read -r -u 5 line; do eval "$line"; done
`;

/** An answer of the Runtime API. */
export interface ApiAnswer {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  body: string;
}

/** What a test asks the Runtime API. */
export interface ApiRequest {
  method?: 'GET' | 'POST';
  headers?: OutgoingHttpHeaders;
  /** Several are sent in chunks. */
  body?: string | Buffer | readonly string[];
  trailers?: Readonly<Record<string, string>>;
}

/** The adapter with the test as its worker on one side and as its `bootstrap` on the other. */
export class TestProvided implements AsyncDisposable {
  readonly worker: TestRuntime;
  /** Fulfilled when `bootstrap` is gone. */
  readonly bootstrapEnded: Promise<unknown>;
  readonly #server: Server;
  readonly #control: Socket;
  readonly #address: { host: string; port: number };

  private constructor(worker: TestRuntime, server: Server, control: Socket, address: string) {
    this.worker = worker;
    this.#server = server;
    this.#control = control;
    this.bootstrapEnded = once(control, 'close');
    const [host = '', port] = address.split(':');
    this.#address = { host, port: Number(port) };
  }

  static async start(maxResponseBytes = 6_291_556): Promise<TestProvided> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const worker = await startAdapter({ bootstrap: remoteControlled });
    chmodSync(path.join(worker.taskRoot, 'bootstrap'), 0o755);
    initialize(worker, { TEST_PORT: String(port), MINE: 'ä' }, maxResponseBytes);
    const [control] = (await once(server, 'connection')) as [Socket];
    const [address] = (await once(control, 'data')) as [Buffer];
    return new TestProvided(worker, server, control, address.toString().trim());
  }

  /** Has `bootstrap` run a line of bash; what the line writes to descriptor 5 comes back. */
  async run(line: string): Promise<string> {
    this.#control.write(`${line}\n`);
    const [answer] = (await once(this.#control, 'data')) as [Buffer];
    return answer.toString();
  }

  /** The same, for a line that ends it. */
  end(line: string): Promise<number | string> {
    this.#control.write(`${line}\n`);
    return this.worker.exited;
  }

  /** Asks below `/2018-06-01/`. */
  async ask(route: string, { method, headers, body, trailers }: ApiRequest = {}): Promise<ApiAnswer> {
    const client = request({
      ...this.#address,
      path: `/2018-06-01/${route}`,
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers,
      agent: false,
    });
    if (Array.isArray(body)) for (const chunk of body) client.write(chunk);
    if (trailers) client.addTrailers(trailers);
    client.end(Array.isArray(body) ? undefined : body);
    const [response] = await once(client, 'response');
    return { status: response.statusCode, headers: response.headers, body: await text(response) };
  }

  /** Sends bytes, closes the sending side, and returns what comes back. */
  async askRaw(bytes: string): Promise<string> {
    const socket = connect({ ...this.#address, allowHalfOpen: true });
    socket.end(bytes);
    const answer = await text(socket);
    socket.destroy();
    return answer;
  }

  /** Takes the runtime into an invocation: init done, one event handed out. */
  async invoke(event = '{"a":1}', header: object = {}): Promise<ApiAnswer> {
    const next = this.ask('runtime/invocation/next');
    const { type } = await this.worker.answer();
    if (type !== frameType.ready) throw new Error(`Frame ${type} in place of ready.`);
    this.worker.send(frameType.invoke, { ...invokeHeader, ...header }, Buffer.from(event));
    return next;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#control.destroy();
    this.#server.close();
    await this.worker[Symbol.asyncDispose]();
  }
}

/** The adapter without a function. */
export async function startAdapter(files: Readonly<Record<string, string | Buffer>>): Promise<TestRuntime> {
  const worker = new TestRuntime({
    command: [process.execPath, path.join(import.meta.dirname, 'index.cjs')],
    files,
    handler: '',
  });
  const started = await worker.answer();
  if (started.type !== frameType.started) throw new Error(`It began with ${started.type}: ${worker.output}`);
  return worker;
}

/** Gives the adapter its function. */
export function initialize(
  worker: TestRuntime,
  environment: Readonly<Record<string, string>>,
  maxResponseBytes = 6_291_556,
): void {
  const { taskRoot } = worker;
  worker.send(frameType.init, {
    ...{ handler: 'any', taskRoot, maxResponseBytes, reportMemory: false },
    environment: { _HANDLER: 'any', LAMBDA_TASK_ROOT: taskRoot, ...environment },
  });
}
