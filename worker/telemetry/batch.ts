import type { ExecutableFunction } from '../../core/functions/executable-function.ts';

/** A log stream by its names. */
export interface StreamName {
  accountId: string;
  region: string;
  logGroupName: string;
  logStreamName: string;
}

/** What the store needs of a function to keep an invocation. */
type FunctionFacts = Pick<
  ExecutableFunction,
  'accountId' | 'region' | 'functionName' | 'functionArn' | 'version' | 'memoryMegabytes'
>;

/** A log line; `stream` is a position in `Batch.streams`. */
interface BatchedLine {
  stream: number;
  /** Milliseconds since the epoch. */
  timestamp: number;
  requestId: string | null;
  message: string;
}

/** An invocation; `function` and `stream` are positions in `Batch.functions` and `Batch.streams`. */
export interface BatchedInvocation {
  function: number;
  stream: number;
  requestId: string;
  invokedFunctionArn: string;
  callerArn: string | null;
  /** Milliseconds since the epoch. */
  startedAt: number;
  waitedMilliseconds: number;
  durationMilliseconds: number;
  billedMilliseconds: number;
  initMilliseconds: number | null;
  maxMemoryMegabytes: number;
  status: string;
  errorType: string | null;
  eventBytes: number;
  responseBytes: number;
  /** Where the event begins in `Batch.payloads`; −1 when it was not kept. */
  event: number;
  response: number;
}

/** Rows as columns: arrays of plain values cross threads at a fraction of the cost of objects. */
export type Columns<Row> = { [Name in keyof Row]: Row[Name][] };

/** What the collector hands to the store's thread at once. */
export interface Batch {
  streams: StreamName[];
  functions: FunctionFacts[];
  lines: Columns<BatchedLine>;
  invocations: Columns<BatchedInvocation>;
  /** Events and responses, one after another. */
  payloads: Uint8Array<ArrayBuffer>;
  /** Lines that were shed since the last batch, by position in `streams`. */
  shed: { stream: number; lines: number; characters: number }[];
}

export function emptyBatch(): Batch {
  return {
    streams: [],
    functions: [],
    lines: { stream: [], timestamp: [], requestId: [], message: [] },
    invocations: {
      function: [],
      stream: [],
      requestId: [],
      invokedFunctionArn: [],
      callerArn: [],
      startedAt: [],
      waitedMilliseconds: [],
      durationMilliseconds: [],
      billedMilliseconds: [],
      initMilliseconds: [],
      maxMemoryMegabytes: [],
      status: [],
      errorType: [],
      eventBytes: [],
      responseBytes: [],
      event: [],
      response: [],
    },
    payloads: new Uint8Array(0),
    shed: [],
  };
}

/** Adds a row to columns. */
export function pushRow<Row extends object>(columns: Columns<Row>, row: Row): void {
  for (const name in columns) columns[name].push(row[name]);
}
