import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import type { InvocationReport } from '../engine/telemetry.ts';

/** A log stream by its names. */
export interface StreamName {
  accountId: string;
  region: string;
  logGroupName: string;
  logStreamName: string;
}

/** What the store needs of a function to keep an invocation. */
export type FunctionFacts = Pick<
  ExecutableFunction,
  'accountId' | 'region' | 'functionName' | 'functionArn' | 'version' | 'memoryMegabytes'
>;

/** An invocation whose function and stream are positions in `Batch.functions` and `Batch.streams`. */
export type BatchedInvocation = Omit<InvocationReport, 'executable' | 'logStreamName'> & {
  function: number;
  stream: number;
};

/**
 * What the collector hands to the store's thread at once. Log lines are columns, because arrays of plain values
 * cross threads at a fraction of the cost of objects; `stream` is a position in `streams`.
 */
export interface Batch {
  streams: StreamName[];
  functions: FunctionFacts[];
  lines: {
    stream: number[];
    /** Milliseconds since the epoch. */
    timestamp: number[];
    requestId: (string | null)[];
    message: string[];
  };
  invocations: BatchedInvocation[];
  /** Lines that were shed since the last batch, by position in `streams`. */
  shed: { stream: number; lines: number; characters: number }[];
}
