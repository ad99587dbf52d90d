/** A row of the table `invocations`. */
export type InvocationRow = {
  sequence: number;
  request_id: string;
  function_name: string;
  version: string;
  invoked_arn: string;
  caller_arn: string | null;
  stream_id: number;
  first_line: number | null;
  last_line: number | null;
  started_at: number;
  waited_ms: number;
  duration_ms: number;
  billed_ms: number;
  init_ms: number | null;
  memory_mb: number;
  max_memory_mb: number;
  status: string;
  error_type: string | null;
  error_message: string | null;
  event_bytes: number;
  response_bytes: number;
  cost_usd: number;
};

/** One invocation as clients get it. Times are milliseconds since the epoch, durations milliseconds. */
export interface InvocationSummary {
  /** Rises in the order in which invocations ended. */
  sequence: number;
  requestId: string;
  functionName: string;
  version: string;
  invokedFunctionArn: string;
  callerArn?: string;
  /** When the handler began. */
  startedAt: number;
  phases: {
    /** Until an environment took the event, `init` apart. */
    queued: number;
    /** Only of a cold start. */
    init?: number;
    handler: number;
  };
  billedDuration: number;
  memorySizeMegabytes: number;
  maxMemoryUsedMegabytes: number;
  coldStart: boolean;
  status: string;
  errorType?: string;
  errorMessage?: string;
  eventBytes: number;
  responseBytes: number;
  /** At AWS's list prices, in US dollars. */
  cost: number;
}

export function describeInvocation(row: InvocationRow): InvocationSummary {
  return {
    sequence: row.sequence,
    requestId: row.request_id,
    functionName: row.function_name,
    version: row.version,
    invokedFunctionArn: row.invoked_arn,
    ...(row.caller_arn !== null && { callerArn: row.caller_arn }),
    startedAt: row.started_at,
    phases: {
      queued: Math.max(0, row.waited_ms - (row.init_ms ?? 0)),
      ...(row.init_ms !== null && { init: row.init_ms }),
      handler: row.duration_ms,
    },
    billedDuration: row.billed_ms,
    memorySizeMegabytes: row.memory_mb,
    maxMemoryUsedMegabytes: row.max_memory_mb,
    coldStart: row.init_ms !== null,
    status: row.status,
    ...(row.error_type !== null && { errorType: row.error_type }),
    ...(row.error_message !== null && { errorMessage: row.error_message }),
    eventBytes: row.event_bytes,
    responseBytes: row.response_bytes,
    cost: row.cost_usd,
  };
}
