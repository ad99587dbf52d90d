import { Readable } from 'node:stream';
import type { InvokeResult, StreamedResult } from './engine.ts';
import type { InvokeOutcome } from './environment.ts';

/** What is kept of a response for a client that reads more slowly than the function writes, in bytes. */
const bufferedBytes = 1024 * 1024;

/** Where a response goes that arrives in chunks. It is closed until the function begins one. */
export abstract class ResponseSink {
  /** Set when the function begins to stream. */
  contentType: string | null = null;
  readonly #limitBytes: number;
  #bytes = 0;

  /** @param limitBytes largest response */
  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get isOpen(): boolean {
    return this.contentType !== null;
  }

  /** Whether the rest of the response is not wanted any more. */
  get isDiscarding(): boolean {
    return this.#bytes > this.#limitBytes;
  }

  open(contentType: string): void {
    this.contentType = contentType;
  }

  /**
   * @param onRoom called once, when this returned false and more is wanted again
   * @returns whether there is room for more
   */
  write(chunk: Buffer, onRoom: () => void): boolean {
    this.#bytes += chunk.length;
    return this.isDiscarding || this.take(chunk, onRoom);
  }

  /** The invocation's outcome, given that the response came in chunks. */
  conclude(outcome: InvokeOutcome): InvokeOutcome {
    if (this.#bytes > this.#limitBytes) return tooLarge(this.#limitBytes);
    return outcome.kind === 'response' && this.isOpen
      ? { kind: 'response', payload: this.collected() }
      : outcome;
  }

  protected abstract take(chunk: Buffer, onRoom: () => void): boolean;
  protected abstract collected(): Buffer;
}

/** Collects a response for a caller that wants it in one piece. */
export class CollectingSink extends ResponseSink {
  readonly #chunks: Buffer[] = [];

  protected take(chunk: Buffer): boolean {
    this.#chunks.push(chunk);
    return true;
  }

  protected collected(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

/** Hands a response on as it comes. */
export class StreamingSink extends ResponseSink {
  readonly #chunks: Readable;
  readonly #opened = Promise.withResolvers<void>();
  #onRoom: (() => void) | null = null;

  constructor(limitBytes: number) {
    super(limitBytes);
    this.#chunks = new Readable({
      highWaterMark: bufferedBytes,
      read: () => this.#makeRoom(),
      destroy: (error, done) => {
        this.#makeRoom();
        done(error);
      },
    });
    // Who reads hears of it; nobody may read any more.
    this.#chunks.on('error', () => {});
  }

  override get isDiscarding(): boolean {
    return super.isDiscarding || this.#chunks.destroyed;
  }

  override open(contentType: string): void {
    super.open(contentType);
    this.#opened.resolve();
  }

  /** The response from its first byte on; of a handler that does not stream, the whole of it at once. */
  async begun(completed: Promise<InvokeResult>, executedVersion: string): Promise<StreamedResult> {
    const ended = completed.then(
      ({ payload, functionError }) => {
        if (!this.isOpen && !functionError) this.#chunks.push(payload);
        this.#chunks.push(null);
      },
      (error) => {
        if (this.isOpen) this.#chunks.destroy(error);
      },
    );
    await Promise.race([this.#opened.promise, ended]);
    // Before anything has begun, the invocation's own error is the answer.
    if (!this.isOpen) await completed;
    return {
      executedVersion,
      contentType: this.contentType ?? 'application/json',
      chunks: this.#chunks,
      completed,
    };
  }

  protected take(chunk: Buffer, onRoom: () => void): boolean {
    const hasRoom = this.#chunks.push(chunk);
    if (!hasRoom) this.#onRoom = onRoom;
    return hasRoom;
  }

  protected collected(): Buffer {
    return Buffer.alloc(0);
  }

  #makeRoom(): void {
    this.#onRoom?.();
    this.#onRoom = null;
  }
}

function tooLarge(limitBytes: number): InvokeOutcome {
  const errorType = 'Function.ResponseSizeTooLarge';
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${limitBytes} bytes).`;
  const payload = Buffer.from(JSON.stringify({ errorMessage, errorType }));
  return { kind: 'error', payload, errorType, isFatal: false };
}
