import type { Readable } from 'node:stream';

/** What the worker reads of one environment's output and log in one slice of time. */
const bytesPerSlice = 2 * 1024 * 1024;
const sliceMilliseconds = 100;

/**
 * Keeps a function that floods its log from taking the worker's time: past its budget it is not read until the slice
 * is over, and since its writes block, it waits.
 */
export class ReadBudget {
  readonly #streams: readonly Readable[];
  #used = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(streams: readonly Readable[]) {
    this.#streams = streams;
  }

  take(bytes: number): void {
    this.#used += bytes;
    this.#timer ??= setTimeout(() => this.renew(), sliceMilliseconds).unref();
    if (this.#used > bytesPerSlice) for (const stream of this.#streams) stream.pause();
  }

  get exhausted(): boolean {
    return this.#used > bytesPerSlice;
  }

  renew(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#used = 0;
    for (const stream of this.#streams) stream.resume();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
