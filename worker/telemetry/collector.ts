import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import type { InvocationReport, LogEvent, Telemetry } from '../engine/telemetry.ts';
import { type Batch, emptyBatch, pushRow } from './batch.ts';

/** How much may wait in memory, in characters of log lines and in records. */
export interface CollectorLimits {
  characters: number;
  records: number;
}

const defaultLimits: CollectorLimits = { characters: 16 * 1024 * 1024, records: 100_000 };
/** A full batch is handed over before the next interval. */
const batchCharacters = 1024 * 1024;
const batchRecords = 5000;
/** Batches that the store has not confirmed; more would only move the queue to where nobody bounds it. */
const maxUnconfirmed = 4;

/** What was shed since the start. */
export interface ShedCounts {
  lines: number;
  invocations: number;
}

/**
 * The seam to the hot path: takes records in memory, at once, without ever throwing, and hands them over in batches.
 * When the store cannot keep up the queue fills to its limits, and what comes then is shed and counted.
 */
export class Collector implements Telemetry {
  readonly shed: ShedCounts = { lines: 0, invocations: 0 };
  readonly #send: (batch: Batch) => void;
  readonly #limits: CollectorLimits;
  readonly #longestPayload: number;
  #batch = emptyBatch();
  #streams = new Map<string, number>();
  #functions = new Map<ExecutableFunction, number>();
  #payloads: Buffer[] = [];
  #payloadBytes = 0;
  #shedByStream = new Map<number, { lines: number; characters: number }>();
  #characters = 0;
  #unconfirmed = 0;

  /** @param longestPayload bytes of an event or a response that is still kept with its invocation */
  constructor(send: (batch: Batch) => void, longestPayload: number, limits = defaultLimits) {
    this.#send = send;
    this.#longestPayload = longestPayload;
    this.#limits = limits;
  }

  log(executable: ExecutableFunction, logStreamName: string, event: LogEvent): void {
    const stream = this.#stream(executable, logStreamName);
    const { length } = event.message;
    if (this.#isFull(length)) {
      this.#shedLine(stream, length);
      return;
    }
    const { lines } = this.#batch;
    lines.stream.push(stream);
    lines.timestamp.push(event.timestamp);
    lines.requestId.push(event.requestId ?? null);
    lines.message.push(event.message);
    this.#characters += length;
    this.#flushWhenLarge();
  }

  invocation(report: InvocationReport): void {
    if (this.#isFull(0)) {
      this.shed.invocations += 1;
      return;
    }
    const { request, response } = report;
    pushRow(this.#batch.invocations, {
      function: this.#function(request.executable),
      stream: this.#stream(request.executable, report.logStreamName),
      requestId: request.requestId,
      invokedFunctionArn: request.invokedFunctionArn,
      callerArn: request.callerArn ?? null,
      startedAt: report.startedAt,
      waitedMilliseconds: report.waitedMilliseconds,
      durationMilliseconds: report.durationMilliseconds,
      billedMilliseconds: report.billedMilliseconds,
      initMilliseconds: report.initMilliseconds ?? null,
      maxMemoryMegabytes: report.maxMemoryMegabytes,
      status: report.status,
      errorType: report.errorType ?? null,
      eventBytes: request.payload.length,
      responseBytes: response.length,
      event: this.#keep(request.payload),
      response: this.#keep(response),
    });
    this.#flushWhenLarge();
  }

  /** Hands over what waits, unless there is nothing or the store has enough to do. */
  flush(): void {
    if (this.#unconfirmed >= maxUnconfirmed || (this.#records === 0 && this.#shedByStream.size === 0)) return;
    for (const [stream, counts] of this.#shedByStream) this.#batch.shed.push({ stream, ...counts });
    const batch = this.#batch;
    batch.payloads = new Uint8Array(this.#payloadBytes);
    let end = 0;
    for (const payload of this.#payloads) {
      batch.payloads.set(payload, end);
      end += payload.length;
    }
    this.#batch = emptyBatch();
    this.#streams = new Map();
    this.#functions = new Map();
    this.#shedByStream = new Map();
    this.#payloads = [];
    this.#payloadBytes = 0;
    this.#characters = 0;
    this.#unconfirmed += 1;
    this.#send(batch);
  }

  /** The store has taken a batch. */
  confirm(): void {
    this.#unconfirmed -= 1;
    this.#flushWhenLarge();
  }

  /** Whether everything handed over was confirmed, and nothing waits. */
  get isIdle(): boolean {
    return this.#unconfirmed === 0 && this.#records === 0 && this.#shedByStream.size === 0;
  }

  get #records(): number {
    return this.#batch.lines.message.length + this.#batch.invocations.requestId.length;
  }

  #isFull(characters: number): boolean {
    return this.#records >= this.#limits.records || this.#characters + characters > this.#limits.characters;
  }

  #flushWhenLarge(): void {
    if (this.#characters >= batchCharacters || this.#records >= batchRecords) this.flush();
  }

  /** Copies a payload, because it is a view of a much larger buffer. @returns where it will begin, or −1. */
  #keep(payload: Buffer): number {
    if (payload.length > this.#longestPayload || this.#isFull(payload.length)) return -1;
    const start = this.#payloadBytes;
    this.#payloads.push(Buffer.from(payload));
    this.#payloadBytes += payload.length;
    this.#characters += payload.length;
    return start;
  }

  #shedLine(stream: number, characters: number): void {
    this.shed.lines += 1;
    const counts = this.#shedByStream.get(stream) ?? { lines: 0, characters: 0 };
    counts.lines += 1;
    counts.characters += characters;
    this.#shedByStream.set(stream, counts);
  }

  /** Stream names end in 32 random digits: one name is one stream. */
  #stream(executable: ExecutableFunction, logStreamName: string): number {
    let position = this.#streams.get(logStreamName);
    if (position === undefined) {
      const { accountId, region, logGroupName } = executable;
      position = this.#batch.streams.push({ accountId, region, logGroupName, logStreamName }) - 1;
      this.#streams.set(logStreamName, position);
    }
    return position;
  }

  #function(executable: ExecutableFunction): number {
    let position = this.#functions.get(executable);
    if (position === undefined) {
      const { accountId, region, functionName, functionArn, version, memoryMegabytes } = executable;
      const facts = { accountId, region, functionName, functionArn, version, memoryMegabytes };
      position = this.#batch.functions.push(facts) - 1;
      this.#functions.set(executable, position);
    }
    return position;
  }
}
