import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Duplex } from 'node:stream';

/** Frame types of the link, as docs/architecture.md numbers them. */
export const frameType = {
  init: 1,
  invoke: 2,
  started: 15,
  ready: 16,
  initError: 17,
  response: 18,
  error: 19,
  log: 20,
  invalidEvent: 21,
} as const;

/** A frame from the runtime. */
export interface ReceivedFrame {
  type: number;
  header: Record<string, unknown>;
  body: string;
}

/** What a runtime answered to a frame, or the end of its process. */
export interface Answer extends ReceivedFrame {
  /** The body, when it is JSON. */
  json: unknown;
  /** Log frames that came before. */
  logs: ReceivedFrame[];
}

/** What to start, and the function that it becomes. */
export interface RuntimeSetUp {
  /** Interpreter, flags and entry file. */
  command: readonly [string, ...string[]];
  /** Files of the package, by relative path. */
  files: Readonly<Record<string, string | Buffer>>;
  handler: string;
  environment?: Readonly<Record<string, string>>;
  /** Environment variables of the process itself. */
  startEnvironment?: Readonly<Record<string, string>>;
  maxResponseBytes?: number;
  reportMemory?: boolean;
}

/** The header of the invoke frames of tests. */
export const invokeHeader = {
  requestId: '6d68ca91-49c9-448d-89b8-7ca3e6dc66aa',
  deadlineMilliseconds: Date.now() + 60_000,
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f:live',
  traceId: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0',
};

/** A runtime in a process of its own, with the test in the worker's place. End it with `await using`. */
export class TestRuntime {
  /** Where the package lies. */
  readonly taskRoot = mkdtempSync(path.join(os.tmpdir(), 'hearth-runtime-'));
  /** Exit code, or the signal's name. */
  readonly exited: Promise<number | string>;
  /** What it wrote to standard output and standard error; complete once `exited` is fulfilled. */
  output = '';
  readonly #link: Duplex;
  readonly #frames: ReceivedFrame[] = [];
  readonly #kill: () => void;
  #received = Buffer.alloc(0);
  #wake: () => void = () => {};
  #ended = false;

  constructor({ command, files, startEnvironment }: RuntimeSetUp) {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.taskRoot, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    const [executable, ...flags] = command;
    const child = spawn(executable, flags, {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { NODE_ENV: 'test', PATH: process.env.PATH, TZ: ':UTC', ...startEnvironment },
    });
    this.#kill = () => child.kill('SIGKILL');
    this.#link = child.stdio[3] as Duplex;
    this.#link.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#link.on('error', () => {});
    child.stdout?.on('data', (chunk: Buffer) => {
      this.output += chunk;
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.output += chunk;
    });
    this.exited = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        this.#ended = true;
        this.#wake();
        resolve(signal ?? code ?? -1);
      });
    });
    this.exited.catch(() => {});
  }

  /** Starts the runtime and gives it its function; the answer to the init frame comes along. */
  static async start(setUp: RuntimeSetUp): Promise<{ runtime: TestRuntime; init: Answer }> {
    const runtime = new TestRuntime(setUp);
    const started = await runtime.answer();
    if (started.type !== frameType.started) {
      throw new Error(`The runtime began with frame ${started.type}: ${runtime.output}`);
    }
    runtime.send(frameType.init, {
      handler: setUp.handler,
      taskRoot: runtime.taskRoot,
      environment: setUp.environment ?? {},
      maxResponseBytes: setUp.maxResponseBytes ?? 6_291_556,
      reportMemory: setUp.reportMemory ?? false,
    });
    return { runtime, init: await runtime.answer() };
  }

  /** @param event is sent as JSON unless it is bytes already. */
  invoke(event: unknown, header: object = {}): Promise<Answer> {
    const body = Buffer.isBuffer(event) ? event : Buffer.from(JSON.stringify(event));
    this.send(frameType.invoke, { ...invokeHeader, ...header }, body);
    return this.answer();
  }

  send(type: number, header: object, body: Buffer = Buffer.alloc(0)): void {
    const text = Buffer.from(JSON.stringify(header));
    const prelude = Buffer.alloc(9);
    prelude.writeUInt32BE(5 + text.length + body.length, 0);
    prelude.writeUInt8(type, 4);
    prelude.writeUInt32BE(text.length, 5);
    this.#link.write(Buffer.concat([prelude, text, body]));
  }

  /** Waits for the next frame that is no log frame. Type 0 stands for the end of the process. */
  async answer(): Promise<Answer> {
    for (;;) {
      const at = this.#frames.findIndex((frame) => frame.type !== frameType.log);
      if (at !== -1 || this.#ended) {
        const frames = this.#frames.splice(0, at === -1 ? this.#frames.length : at + 1);
        const last = at === -1 ? { type: 0, header: {}, body: '' } : (frames.pop() ?? neverFrame());
        return { ...last, json: parseOrUndefined(last.body), logs: frames };
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Closes the link, as a worker does that has gone, and waits for the process to follow. */
  async stop(): Promise<number | string> {
    this.#link.end();
    return this.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#kill();
    await this.exited.catch(() => {});
    rmSync(this.taskRoot, { recursive: true, force: true });
  }

  #take(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    while (this.#received.length >= 4 && this.#received.length >= 4 + this.#received.readUInt32BE(0)) {
      const end = 4 + this.#received.readUInt32BE(0);
      const bodyStart = 9 + this.#received.readUInt32BE(5);
      this.#frames.push({
        type: this.#received.readUInt8(4),
        header: JSON.parse(this.#received.toString('utf8', 9, bodyStart)) as Record<string, unknown>,
        body: this.#received.toString('utf8', bodyStart, end),
      });
      this.#received = this.#received.subarray(end);
    }
    this.#wake();
  }
}

/** The text of all log frames of an answer. */
export function logText(answer: Answer): string {
  return answer.logs.map((frame) => frame.body).join('');
}

function neverFrame(): never {
  throw new Error('A frame that was found is gone.');
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
