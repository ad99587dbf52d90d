import type { Readable } from 'node:stream';
import type { ExecutableFunction } from '../../core/functions/executable-function.ts';

/** One synchronous invocation. */
export interface InvokeRequest {
  /** UUID; the client sees it as `x-amzn-RequestId`, the function as its request id. */
  requestId: string;
  executable: ExecutableFunction;
  /** The ARN as the client named it, with its qualifier if it gave one. */
  invokedFunctionArn: string;
  /** The event, untouched and unparsed. */
  payload: Buffer;
  /** Decoded JSON text of `X-Amz-Client-Context`. */
  clientContext?: string;
  /** `Root=1-…;Parent=…;Sampled=0|1`. */
  traceId: string;
  /** Who invokes, for the record. */
  callerArn?: string;
  /** Whether the caller wants `InvokeResult.logTail`. */
  tailLog: boolean;
}

export interface InvokeResult {
  /** The handler's result, or the error object when `functionError` is set. */
  payload: Buffer;
  functionError?: 'Unhandled';
  executedVersion: string;
  /** The last 4 KB of this invocation's log, START to REPORT; only when asked for. */
  logTail?: Buffer;
}

/** The response of an invocation from its first byte on. */
export interface StreamedResult {
  executedVersion: string;
  /** What a streaming handler said with `setContentType`; `application/json` of any other. */
  contentType: string;
  /**
   * The response's bytes as they come. Reading slowly slows the function down; a function whose reader has gone
   * (`destroy`) runs on, and the rest is thrown away.
   */
  chunks: Readable;
  /** After the last chunk: whether the function failed, with the error object as `payload`, and the log. */
  completed: Promise<InvokeResult>;
}

/** What protects this machine from the functions it runs, for operators. */
export interface IsolationReport {
  driver: 'bubblewrap' | 'process';
  protections: { name: string; active: boolean; detail: string }[];
}

/** The data plane as the rest of the worker sees it. */
export interface Engine {
  start(): Promise<void>;
  /** Lets invocations in flight finish (each is bounded by its timeout), then ends every environment. */
  stop(): Promise<void>;
  /** @throws ServiceError when the request never reached the function (throttled, runtime missing). */
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  /**
   * Resolves when the response begins.
   * @throws ServiceError as `invoke` does.
   */
  invokeWithResponseStream(request: InvokeRequest): Promise<StreamedResult>;
  /**
   * Ends idle environments of a version of a function whose revision is not `currentRevisionId` (null: all of them).
   * @param functionArn unqualified.
   */
  retire(functionArn: string, version: string, currentRevisionId: string | null): void;
  isolation(): IsolationReport;
}
