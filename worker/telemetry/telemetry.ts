import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { JsonObject } from '../../core/caller.ts';
import type { Telemetry } from '../engine/telemetry.ts';
import { AwsFault } from './aws-fault.ts';
import type { Batch } from './batch.ts';
import { Collector, type ShedCounts } from './collector.ts';
import type { Scope } from './operations.ts';
import type { FromStore, StoreSettings, ToStore } from './thread-messages.ts';

export interface TelemetryOptions {
  /** Absolute path of a directory that is telemetry's own; created when missing. */
  directory: string;
  /** Threads of one query. */
  cpuCount: number;
  /** 32 bytes, under which events and responses are encrypted. */
  payloadKey: Uint8Array;
  /** The longest event or response that is kept with its invocation, in bytes. 0 keeps none. */
  longestPayload: number;
  /** Days that invocation records are kept. */
  invocationDays: number;
  /** Days that events and responses are kept. */
  payloadDays: number;
  /** Of all telemetry on disk, in bytes. Above it the oldest goes first. */
  maxBytes: number;
  /** For the server's own log. */
  warn(message: string): void;
}

/** Telemetry as the rest of the worker sees it. */
export interface TelemetryService {
  /** Where the engine hands over what it observes. */
  readonly collector: Telemetry;
  /** What had to be shed since the start. */
  readonly shed: Readonly<ShedCounts>;
  start(): Promise<void>;
  /** Stores what waits, then ends. Idempotent. */
  stop(): Promise<void>;
  /**
   * Calls `listener` whenever invocations were stored.
   * @returns what ends that.
   */
  onInvocations(listener: () => void): () => void;
  /**
   * Asks the store; `operation` is a name of operation-table.ts.
   * @throws AwsFault when the client is to blame.
   */
  call(operation: string, scope: Scope, input: JsonObject): Promise<unknown>;
}

const flushMilliseconds = 250;
/** Of the database's buffers. */
const memoryMegabytes = 128;

/** Wires collector and store. Nothing runs before `start`. */
export function createTelemetry(options: TelemetryOptions): TelemetryService {
  return new LocalTelemetry(options);
}

type Pending = Pick<PromiseWithResolvers<unknown>, 'resolve' | 'reject'>;

class LocalTelemetry implements TelemetryService {
  readonly collector: Collector;
  readonly #options: TelemetryOptions;
  readonly #calls = new Map<number, Pending>();
  readonly #listeners = new Set<() => void>();
  #lastCall = 0;
  #thread: Worker | null = null;
  #flushing: NodeJS.Timeout | undefined;
  #whenIdle: (() => void) | undefined;

  constructor(options: TelemetryOptions) {
    this.#options = options;
    const send = (batch: Batch) => this.#post({ kind: 'batch', batch }, [batch.payloads.buffer]);
    this.collector = new Collector(send, options.longestPayload);
  }

  get shed(): Readonly<ShedCounts> {
    return this.collector.shed;
  }

  async start(): Promise<void> {
    const { directory, cpuCount, payloadKey, invocationDays, payloadDays, maxBytes } = this.#options;
    const settings: StoreSettings = {
      directory,
      memoryMegabytes,
      threads: cpuCount,
      payloadKey,
      retention: { invocationDays, payloadDays, maxBytes },
    };
    const thread = new Worker(new URL('./store-thread.ts', import.meta.url), {
      workerData: settings,
      // Batches live for a moment: a small nursery keeps their garbage from piling up.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    const ready = Promise.withResolvers<void>();
    thread.on('message', (message: FromStore) => {
      if (message.kind === 'ready') ready.resolve();
      else this.#receive(message);
    });
    thread.on('error', (error) => {
      ready.reject(error);
      this.#options.warn(`Telemetry ended: ${error instanceof Error ? error.message : String(error)}`);
    });
    thread.on('exit', () => this.#onExit());
    await ready.promise;
    this.#thread = thread;
    this.#flushing = setInterval(() => this.collector.flush(), flushMilliseconds).unref();
    thread.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#flushing);
    const thread = this.#thread;
    if (!thread) return;
    thread.ref();
    const exited = once(thread, 'exit');
    this.collector.flush();
    if (!this.collector.isIdle) {
      await Promise.race([
        new Promise<void>((resolve) => {
          this.#whenIdle = resolve;
        }),
        exited,
      ]);
    }
    this.#post({ kind: 'close' });
    await exited;
  }

  call(operation: string, scope: Scope, input: JsonObject): Promise<unknown> {
    const pending = Promise.withResolvers<unknown>();
    if (!this.#thread) return Promise.reject(new Error('Telemetry is not running.'));
    this.#lastCall += 1;
    this.#calls.set(this.#lastCall, pending);
    const { accountId, region } = scope;
    this.#post({ kind: 'call', id: this.#lastCall, operation, scope: { accountId, region }, input });
    return pending.promise;
  }

  onInvocations(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #post(message: ToStore, transfer: ArrayBuffer[] = []): void {
    this.#thread?.postMessage(message, transfer);
  }

  #receive(message: Exclude<FromStore, { kind: 'ready' }>): void {
    if (message.kind === 'warning') this.#options.warn(message.message);
    else if (message.kind === 'confirmed') this.#onConfirmed(message.invocations);
    else this.#settle(message);
  }

  #onConfirmed(invocations: boolean): void {
    this.collector.confirm();
    if (invocations) for (const listener of this.#listeners) listener();
    if (!this.#whenIdle) return;
    this.collector.flush();
    if (this.collector.isIdle) this.#whenIdle();
  }

  #settle(message: Extract<FromStore, { id: number }>): void {
    const pending = this.#calls.get(message.id);
    this.#calls.delete(message.id);
    if (message.kind === 'answer') pending?.resolve(message.value);
    else if (message.kind === 'fault') {
      pending?.reject(new AwsFault(message.code, message.message, message.details));
    } else pending?.reject(new Error('Telemetry could not answer.', { cause: message.error }));
  }

  /** Without its thread telemetry stands still: the queue fills, and what comes then is shed and counted. */
  #onExit(): void {
    this.#thread = null;
    for (const pending of this.#calls.values()) pending.reject(new Error('Telemetry ended.'));
    this.#calls.clear();
  }
}
