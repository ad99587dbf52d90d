import { ServiceError } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import type { Admission } from './admission.ts';
import { coldStart, initialize, type Start, type StartParts } from './cold-start.ts';
import type { InvokeRequest, InvokeResult, StreamedResult } from './engine.ts';
import type { Environment, InvokeOutcome } from './environment.ts';
import { endLine, reportLine, startLine } from './log-lines.ts';
import { CollectingSink, type ResponseSink, StreamingSink } from './response-sink.ts';
import { type JudgedOutcome, judge, statusOf } from './verdict.ts';

/** What an invocation needs of the engine. */
export interface InvokeParts extends StartParts {
  admission: Admission;
}

/**
 * One synchronous invocation, its response in one piece.
 * @throws ServiceError when the event never reached the function.
 */
export function invoke(parts: InvokeParts, request: InvokeRequest): Promise<InvokeResult> {
  return perform(parts, request, new CollectingSink(limits.responseBytes));
}

/**
 * One synchronous invocation, its response as it comes.
 * @returns as soon as the response begins; `completed` is the whole invocation, and may be rejected.
 */
export function invokeWithResponseStream(
  parts: InvokeParts,
  request: InvokeRequest,
): { result: Promise<StreamedResult>; completed: Promise<InvokeResult> } {
  const sink = new StreamingSink(limits.streamedResponseBytes);
  const completed = perform(parts, request, sink);
  return { result: sink.begun(completed, request.executable.version), completed };
}

/** Admission, an environment, the handler, the log, the answer. */
async function perform(
  parts: InvokeParts,
  request: InvokeRequest,
  sink: ResponseSink,
): Promise<InvokeResult> {
  const { admission, pool, clock } = parts;
  const { executable, requestId } = request;
  const asked = clock.monotonic();
  const admitted = admission.admit(executable);
  try {
    const start = warmStart(pool.takeIdle(executable)) ?? (await coldStart(parts, executable));
    const { environment, log } = start;
    const startedAt = clock.now();
    const began = clock.monotonic();
    log.beginInvocation(requestId, request.tailLog, startLine(requestId, executable.version), startedAt);
    const outcome = await run(parts, request, start, startedAt, began, sink);
    // Timers of Node.js are a little early or late; what is reported then is the limit.
    const limit = executable.timeoutSeconds * 1000;
    const milliseconds = outcome.kind === 'timeout' ? limit : Math.min(clock.monotonic() - began, limit);
    if (outcome.kind !== 'invalid-event')
      return finish(parts, request, start, outcome, { startedAt, waited: began - asked, milliseconds });
    log.endInvocation();
    pool.release(environment);
    const problem = 'Could not parse request body into json: Could not parse payload into json';
    throw new ServiceError('InvalidRequestContentException', `${problem}: ${outcome.problem}`);
  } finally {
    admission.release(admitted);
  }
}

function warmStart(environment: Environment | null): Start | null {
  return environment?.log ? { environment, log: environment.log, isInitialized: true } : null;
}

/** The handler's time is the function's timeout, less what a repeated initialization took of it. */
async function run(
  parts: InvokeParts,
  request: InvokeRequest,
  start: Start,
  startedAt: number,
  began: number,
  sink: ResponseSink,
): Promise<InvokeOutcome> {
  const { executable } = request;
  const limit = executable.timeoutSeconds * 1000;
  if (!start.isInitialized) {
    const outcome = await initialize(parts, start, executable, 'invoke', limit);
    if (outcome.kind !== 'ready') return outcome;
  }
  const header = {
    requestId: request.requestId,
    deadlineMilliseconds: startedAt + limit,
    invokedFunctionArn: request.invokedFunctionArn,
    traceId: request.traceId,
    clientContext: request.clientContext,
  };
  const left = limit - (parts.clock.monotonic() - began);
  return sink.conclude(await start.environment.invoke(header, request.payload, left, sink));
}

/** Writes END and REPORT, and gives the environment back. */
function finish(
  parts: InvokeParts,
  request: InvokeRequest,
  start: Start,
  outcome: JudgedOutcome,
  times: { startedAt: number; waited: number; milliseconds: number },
): InvokeResult {
  const { startedAt, waited: waitedMilliseconds, milliseconds: durationMilliseconds } = times;
  const { environment, log, initMilliseconds } = start;
  const { executable, requestId } = request;
  const now = parts.clock.now();
  const { timeoutSeconds, memoryMegabytes } = executable;
  const verdict = judge(outcome, { requestId, timeoutSeconds, timestamp: now });
  const billedMilliseconds = Math.ceil(durationMilliseconds + (initMilliseconds ?? 0));
  const maxMemoryMegabytes = environment.peakMegabytes;
  for (const line of verdict.logLines) log.write(line, now);
  log.write(endLine(requestId), now);
  log.write(
    reportLine({
      requestId,
      durationMilliseconds,
      billedMilliseconds,
      memoryMegabytes,
      maxMemoryMegabytes,
      initMilliseconds,
      status: statusOf(verdict),
    }),
    now,
  );
  const logTail = log.endInvocation();
  parts.pool.release(environment);
  parts.telemetry?.invocation({
    request,
    response: verdict.payload,
    logStreamName: log.streamName,
    startedAt,
    waitedMilliseconds,
    durationMilliseconds,
    billedMilliseconds,
    initMilliseconds,
    maxMemoryMegabytes,
    status: verdict.status,
    errorType: verdict.errorType,
  });
  const { payload, functionError } = verdict;
  return { payload, functionError, executedVersion: executable.version, logTail };
}
