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
  #isHeld = false;

  constructor(streams: readonly Readable[]) {
    this.#streams = streams;
  }

  take(bytes: number): void {
    this.#used += bytes;
    this.#timer ??= setTimeout(() => this.renew(), sliceMilliseconds).unref();
    if (this.exhausted) this.#pause();
  }

  get exhausted(): boolean {
    return this.#used > bytesPerSlice;
  }

  renew(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#used = 0;
    this.#resume();
  }

  /** Reads nothing until `release`, for a response whose client is slower than the function. */
  hold(): void {
    this.#isHeld = true;
    this.#pause();
  }

  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#resume();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #pause(): void {
    for (const stream of this.#streams) stream.pause();
  }

  #resume(): void {
    if (this.#isHeld || this.exhausted) return;
    for (const stream of this.#streams) stream.resume();
  }
}
