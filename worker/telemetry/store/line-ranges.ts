/** Invocations that can be under way, or whose report was shed. */
const maxOpen = 50_000;

/** The first and the last of an invocation's log lines, by sequence. */
export interface LineRange {
  first: bigint;
  last: bigint;
}

/**
 * Which lines invocations in flight have written. A range is all that an invocation needs to find them again: its
 * stream is its own while it runs. An id beside each line would cost more on disk than most lines do.
 */
export class LineRanges {
  readonly #open = new Map<string, LineRange>();

  /** A line of an invocation was stored. */
  extend(requestId: string, sequence: bigint): void {
    const range = this.#open.get(requestId);
    if (range) {
      range.last = sequence;
      return;
    }
    this.#open.set(requestId, { first: sequence, last: sequence });
    if (this.#open.size <= maxOpen) return;
    const [oldest] = this.#open.keys();
    if (oldest !== undefined) this.#open.delete(oldest);
  }

  /** The invocation is over: its range, which is forgotten here. */
  take(requestId: string): LineRange | undefined {
    const range = this.#open.get(requestId);
    this.#open.delete(requestId);
    return range;
  }
}
