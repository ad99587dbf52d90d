import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import type { Telemetry } from './telemetry.ts';

/** Bytes of an invocation's log that a caller may have (`X-Amz-Log-Result`). */
const tailBytes = 4096;

/** The log stream of one environment, and the tail of the invocation that runs in it. */
export class EnvironmentLog {
  readonly streamName: string;
  readonly #executable: ExecutableFunction;
  readonly #telemetry: Telemetry | undefined;
  #requestId: string | undefined;
  #startLine: { message: string; timestamp: number } | null = null;
  #tail: Buffer[] | null = null;
  #tailSize = 0;

  constructor(executable: ExecutableFunction, streamName: string, telemetry: Telemetry | undefined) {
    this.#executable = executable;
    this.streamName = streamName;
    this.#telemetry = telemetry;
  }

  /**
   * What is written from here on belongs to an invocation, until `endInvocation`.
   * @param startLine is written before the first other line: an event that turns out not to be JSON leaves no trace.
   */
  beginInvocation(requestId: string, keepTail: boolean, startLine: string, timestamp: number): void {
    this.#requestId = requestId;
    this.#startLine = { message: startLine, timestamp };
    this.#tail = keepTail ? [] : null;
    this.#tailSize = 0;
  }

  /** @returns the last 4 KB since `beginInvocation`, when they were to be kept. */
  endInvocation(): Buffer | undefined {
    const tail = this.#tail ? Buffer.concat(this.#tail).subarray(-tailBytes) : undefined;
    this.#requestId = undefined;
    this.#startLine = null;
    this.#tail = null;
    return tail;
  }

  /**
   * @param message one log event, with its line end if it has one.
   * @param timestamp milliseconds since the epoch.
   */
  write(message: string, timestamp: number): void {
    if (this.#startLine) {
      const { message: startLine, timestamp: startedAt } = this.#startLine;
      this.#startLine = null;
      this.write(startLine, startedAt);
    }
    this.#telemetry?.log(this.#executable, this.streamName, {
      timestamp,
      message,
      requestId: this.#requestId,
    });
    if (!this.#tail) return;
    const bytes = Buffer.from(message);
    this.#tail.push(bytes);
    this.#tailSize += bytes.length;
    while (this.#tailSize - (this.#tail[0]?.length ?? 0) >= tailBytes) {
      this.#tailSize -= this.#tail.shift()?.length ?? 0;
    }
  }
}
