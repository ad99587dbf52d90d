import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import type { InvokeRequest } from './engine.ts';

/** One event of a function's log. */
export interface LogEvent {
  /** Milliseconds since the epoch. */
  timestamp: number;
  message: string;
  /** Unset outside of invocations. */
  requestId: string | undefined;
}

/** What one invocation was, for metrics and the list of invocations. */
export interface InvocationReport {
  request: InvokeRequest;
  /** The handler's result, or the error object. */
  response: Buffer;
  logStreamName: string;
  /** When the handler began, in milliseconds since the epoch. */
  startedAt: number;
  /** From the request until the handler began, a new environment's start included. */
  waitedMilliseconds: number;
  durationMilliseconds: number;
  billedMilliseconds: number;
  /** Only when this invocation waited for a new environment. */
  initMilliseconds: number | undefined;
  maxMemoryMegabytes: number;
  status: 'success' | 'error' | 'timeout' | 'failure';
  /** Of an error that the platform found. */
  errorType: string | undefined;
}

/** Where the engine hands over what it observes. Both methods return at once and never throw. */
export interface Telemetry {
  log(executable: ExecutableFunction, logStreamName: string, event: LogEvent): void;
  invocation(report: InvocationReport): void;
}
