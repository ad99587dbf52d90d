import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import type { EngineClock } from './clock.ts';
import type { EnvironmentLog } from './environment-log.ts';
import { functionVariables } from './environment-variables.ts';
import { LineSplitter } from './line-splitter.ts';
import {
  encodeFrame,
  type Frame,
  FrameReader,
  frameType,
  LinkError,
  maxResponseBytes,
} from './link/frames.ts';
import { ReadBudget } from './read-budget.ts';
import type { ResponseSink } from './response-sink.ts';
import type { AvailableRuntime } from './runtimes.ts';
import type { Exit, Sandbox } from './sandbox/sandbox.ts';

/**
 * One environment's life:
 *
 *     starting ─ prewarmed ─ initializing ─ idle ⇄ busy
 *         └──────────┴────────────┴──────────┴──────┴──▶ ending ─ ended
 *
 * `starting` until the runtime says that it is up; `prewarmed` while it knows of no function; `initializing` while
 * the function's code is loaded; then `busy` with one invocation or `idle` between two. `ending` from the moment that
 * somebody decides to end it (or it ends itself), `ended` when no process of it is left. Nothing else is possible.
 */
export type EnvironmentState = keyof typeof transitions;
const transitions = {
  starting: ['prewarmed', 'ending'],
  prewarmed: ['initializing', 'ending'],
  initializing: ['idle', 'ending'],
  idle: ['busy', 'ending'],
  busy: ['idle', 'ending'],
  ending: ['ended'],
  ended: [],
} as const satisfies Record<string, readonly string[]>;

/** How either of both can come out. */
type Failure =
  /** `isFatal`: the process does not outlive it. */
  | { kind: 'error'; payload: Buffer; errorType: string; isFatal: boolean }
  | { kind: 'exit'; exit: Exit; outOfMemory: boolean }
  | { kind: 'timeout' };
/** How the initialization of a function came out. */
export type InitOutcome = { kind: 'ready' } | Failure;
/** How an invocation came out. */
export type InvokeOutcome =
  | { kind: 'response'; payload: Buffer }
  | { kind: 'invalid-event'; problem: string }
  | Failure;
type Outcome = InitOutcome | InvokeOutcome;

/** What an invocation tells the runtime beside the event. */
export interface InvokeHeader {
  requestId: string;
  /** Milliseconds since the epoch. */
  deadlineMilliseconds: number;
  invokedFunctionArn: string;
  traceId: string;
  /** JSON text. */
  clientContext: string | undefined;
}

const megabyte = 1024 * 1024;
const noBody = Buffer.alloc(0);
/** A process that ends closes its link a moment before its end is known. */
const exitGraceMilliseconds = 200;
const startupTextLength = 2000;
const dayMilliseconds = 86_400_000;

/** One execution environment: a sandbox, the link to the runtime in it, and the state that both are in. */
export class Environment {
  readonly id: string;
  readonly runtime: AvailableRuntime;
  /** Fulfilled when the runtime is up; rejected with what it printed when it ends before. */
  readonly started: Promise<void>;
  /** Fulfilled when the state is `ended`. */
  readonly ended: Promise<void>;
  /** The function that it serves, from `initializing` on. */
  executable: ExecutableFunction | null = null;
  log: EnvironmentLog | null = null;
  /** Monotonic time of the last change to `idle`. */
  idleSince = 0;
  /** Set when it must not be used again after its invocation. */
  retired = false;

  readonly #sandbox: Sandbox;
  readonly #clock: EngineClock;
  readonly #reader = new FrameReader();
  readonly #lines: LineSplitter;
  readonly #budget: ReadBudget;
  readonly #reportMemory: boolean;
  readonly #onProblem: (problem: string) => void;
  #state: EnvironmentState = 'starting';
  #pending: ((outcome: Outcome) => void) | null = null;
  /** Where the response of the invocation at hand goes when it comes in chunks. */
  #sink: ResponseSink | null = null;
  #exit: Extract<Failure, { kind: 'exit' }> | null = null;
  #isUp: () => void = () => {};
  #startupText = '';
  #highestRssBytes = 0;

  constructor(options: {
    id: string;
    runtime: AvailableRuntime;
    sandbox: Sandbox;
    clock: EngineClock;
    /** Whether the runtime is asked for its memory use, because nothing outside measures it. */
    reportMemory: boolean;
    /** Told of broken links, for the server's own log. */
    onProblem: (problem: string) => void;
  }) {
    this.id = options.id;
    this.runtime = options.runtime;
    this.#sandbox = options.sandbox;
    this.#clock = options.clock;
    this.#reportMemory = options.reportMemory;
    this.#onProblem = options.onProblem;
    const { link, output, exited } = options.sandbox;
    this.#lines = new LineSplitter((line) => this.#onLine(line, this.#clock.now()));
    this.#budget = new ReadBudget([link, output]);
    output.on('data', (chunk: Buffer) => {
      this.#budget.take(chunk.length);
      this.#lines.push(chunk);
    });
    link.on('data', (chunk: Buffer) => this.#onLinkData(chunk));
    link.on('end', () => setTimeout(() => this.end(), exitGraceMilliseconds).unref());
    this.ended = exited.then((exit) => this.#onExit(exit));
    this.started = new Promise((resolve, reject) => {
      this.#isUp = resolve;
      void this.ended.then(() =>
        reject(new Error(this.#startupText.trim() || 'the process ended without a word')),
      );
    });
    this.started.catch(() => {});
  }

  get state(): EnvironmentState {
    return this.#state;
  }

  /** Highest use of memory so far, in megabytes. */
  get peakMegabytes(): number {
    const bytes = Math.max(this.#sandbox.peakMemoryBytes() ?? 0, this.#highestRssBytes);
    return Math.min(
      Math.ceil(bytes / megabyte),
      this.executable?.memoryMegabytes ?? Number.POSITIVE_INFINITY,
    );
  }

  /**
   * Gives the environment to a function and loads its code.
   * @throws Error when the code cannot be placed; the environment is ended.
   */
  async initialize(
    executable: ExecutableFunction,
    log: EnvironmentLog,
    timeoutMilliseconds: number,
  ): Promise<InitOutcome> {
    this.#enter('initializing');
    this.executable = executable;
    this.log = log;
    try {
      await this.#sandbox.placeCode(
        { directory: executable.codeDirectory, fileCount: executable.codeFileCount },
        executable.layersDirectory === null
          ? null
          : { directory: executable.layersDirectory, fileCount: executable.layersFileCount },
      );
      this.#sandbox.limitMemory(executable.memoryMegabytes);
    } catch (error) {
      this.end();
      throw error;
    }
    const { taskRoot } = this.#sandbox;
    const header = {
      handler: executable.handler,
      taskRoot,
      environment: functionVariables(executable, this.runtime, taskRoot, log.streamName),
      maxResponseBytes,
      reportMemory: this.#reportMemory,
    };
    const outcome = await this.#exchange<InitOutcome>(frameType.init, header, noBody, timeoutMilliseconds);
    if (outcome.kind !== 'ready') this.end();
    else if (this.#state === 'initializing') this.#becomeIdle();
    return outcome;
  }

  /** Limits the CPU time to the share that the function's memory buys; initialization runs without. */
  limitCpu(cores: number): void {
    this.#sandbox.limitCpu(cores);
  }

  /**
   * Runs one invocation. Afterwards the environment is `idle`, or on its way to its end.
   * @param sink takes the response of a handler that streams it; what the outcome holds then is empty.
   */
  async invoke(
    header: InvokeHeader,
    payload: Buffer,
    timeoutMilliseconds: number,
    sink: ResponseSink,
  ): Promise<InvokeOutcome> {
    if (this.#state === 'idle') this.#enter('busy');
    this.#sink = sink;
    const outcome = await this.#exchange<InvokeOutcome>(
      frameType.invoke,
      header,
      payload,
      timeoutMilliseconds,
    );
    if (outcome.kind === 'timeout') this.end();
    else if (this.#state === 'busy') this.#becomeIdle();
    return outcome;
  }

  /** Kills every process of the environment. */
  end(): void {
    if (this.#state === 'ending' || this.#state === 'ended') return;
    this.#enter('ending');
    this.#sandbox.kill();
  }

  #becomeIdle(): void {
    this.#enter('idle');
    this.idleSince = this.#clock.monotonic();
  }

  #enter(next: EnvironmentState): void {
    const allowed: readonly EnvironmentState[] = transitions[this.#state];
    if (!allowed.includes(next)) throw new Error(`An environment cannot go from ${this.#state} to ${next}.`);
    this.#state = next;
  }

  /**
   * Sends a frame and waits for the one that answers it, the end of the process, or the end of the time. `#onFrame`
   * sees to it that the answer fits the question.
   */
  #exchange<Answer extends Outcome>(
    type: number,
    header: object,
    body: Buffer,
    timeoutMilliseconds: number,
  ): Promise<Answer> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle({ kind: 'timeout' }), timeoutMilliseconds);
      this.#pending = (outcome) => {
        clearTimeout(timer);
        resolve(outcome as Answer);
      };
      // It may have ended since it was chosen; its end answers, or has answered already.
      if (this.#exit) return this.#settle(this.#exit);
      for (const part of encodeFrame(type, header, body)) this.#sandbox.link.write(part);
    });
  }

  /**
   * Hands over an outcome once everything that was printed before it has been read: what lies in the pipe by now is
   * read in the coming turn of the event loop, and behind a pause in the one after it.
   */
  #settle(outcome: Outcome): void {
    const pending = this.#pending;
    if (!pending) return;
    this.#pending = null;
    this.#sink = null;
    this.#budget.release();
    const deliver = () => {
      this.#lines.flush();
      pending(outcome);
    };
    if (!this.#budget.exhausted) setImmediate(deliver);
    else {
      this.#budget.renew();
      setImmediate(() => setImmediate(deliver));
    }
  }

  #onLinkData(chunk: Buffer): void {
    if (this.#state === 'ending' || this.#state === 'ended') return;
    try {
      for (const frame of this.#reader.push(chunk)) this.#onFrame(frame);
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      this.#onProblem(`Environment ${this.id} broke its link: ${error.message}`);
      this.end();
    }
  }

  /** Every frame is refused but those that the state, and a question that is open, allow. */
  #onFrame(frame: Frame): void {
    const { type, header, body } = frame;
    const isAsked = this.#pending !== null;
    if (typeof header.maxRssKilobytes === 'number') {
      this.#highestRssBytes = Math.max(this.#highestRssBytes, header.maxRssKilobytes * 1024);
    }
    if (type === frameType.started && this.#state === 'starting') {
      this.#enter('prewarmed');
      this.#isUp();
    } else if (type === frameType.ready && this.#state === 'initializing' && isAsked) {
      this.#settle({ kind: 'ready' });
    } else if (type === frameType.initError && this.#state === 'initializing' && isAsked) {
      const errorType = platformErrorType(header.errorType);
      this.#settle({ kind: 'error', payload: body, errorType, isFatal: true });
    } else if (type === frameType.response && this.#state === 'busy' && isAsked) {
      this.#settle({ kind: 'response', payload: body });
    } else if (type === frameType.error && this.#state === 'busy' && isAsked) {
      const errorType = platformErrorType(header.errorType);
      const isFatal = header.exiting === true;
      if (isFatal) this.retired = true;
      this.#settle({ kind: 'error', payload: body, errorType, isFatal });
    } else if (type === frameType.invalidEvent && this.#state === 'busy' && isAsked) {
      this.#settle({ kind: 'invalid-event', problem: String(header.message).slice(0, 1000) });
    } else if (type === frameType.streamStart && this.#state === 'busy' && this.#sink?.isOpen === false) {
      this.#sink.open(String(header.contentType));
    } else if (type === frameType.chunk && this.#sink?.isOpen) {
      this.#takeChunk(this.#sink, body);
    } else if (type === frameType.log && this.log) {
      this.#budget.take(body.length);
      this.log.write(body.toString(), this.#plausibleTime(header.timestampMicroseconds));
    } else throw new LinkError(`Frame of type ${type} while ${this.#state}.`);
  }

  #takeChunk(sink: ResponseSink, chunk: Buffer): void {
    if (sink.isDiscarding) this.#budget.take(chunk.length);
    else if (!sink.write(chunk, () => this.#budget.release())) this.#budget.hold();
  }

  #onLine(line: string, timestamp: number): void {
    if (this.log) this.log.write(line, timestamp);
    else if (this.#startupText.length < startupTextLength) this.#startupText += line;
  }

  #onExit(exit: Exit): void {
    this.#budget.stop();
    this.#lines.flush();
    this.#exit = { kind: 'exit', exit, outOfMemory: this.#sandbox.ranOutOfMemory() };
    if (this.#state !== 'ending') this.#enter('ending');
    this.#enter('ended');
    this.#settle(this.#exit);
    this.#sandbox.link.destroy();
    this.#sandbox.output.destroy();
  }

  /** @returns milliseconds; the function's own clock is believed as long as it makes sense. */
  #plausibleTime(microseconds: unknown): number {
    const now = this.#clock.now();
    if (typeof microseconds !== 'number') return now;
    const milliseconds = Math.floor(microseconds / 1000);
    return milliseconds <= now && milliseconds > now - dayMilliseconds ? milliseconds : now;
  }
}

/** Error types other than the platform's own are known to the caller only. */
function platformErrorType(errorType: unknown): string {
  return typeof errorType === 'string' && /^(Runtime|Function)\.[A-Z][a-zA-Z]{0,100}$/.test(errorType)
    ? errorType
    : 'Runtime.Unknown';
}
