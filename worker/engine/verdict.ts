import type { InitOutcome, InvokeOutcome } from './environment.ts';

/** All but those that are no result of an invocation. */
export type JudgedOutcome = Exclude<InitOutcome | InvokeOutcome, { kind: 'ready' | 'invalid-event' }>;

/** What an outcome means for the caller and in the log. */
export interface Verdict {
  payload: Buffer;
  functionError: 'Unhandled' | undefined;
  status: 'success' | 'error' | 'timeout' | 'failure';
  /** Set when the platform, not the handler, found the error. */
  errorType: string | undefined;
  /** Lines that the platform adds to the log before END. */
  logLines: string[];
}

/** Judges how an invocation, or the initialization that it began with, came out; error bodies are Lambda's. */
export function judge(
  outcome: JudgedOutcome,
  invocation: { requestId: string; timeoutSeconds: number; timestamp: number },
): Verdict {
  const { requestId } = invocation;
  switch (outcome.kind) {
    case 'response':
      return {
        payload: outcome.payload,
        functionError: undefined,
        status: 'success',
        errorType: undefined,
        logLines: [],
      };
    case 'error':
      return {
        payload: outcome.payload,
        functionError: 'Unhandled',
        status: 'error',
        errorType:
          outcome.isFatal || outcome.errorType.startsWith('Function.') ? outcome.errorType : undefined,
        logLines: [],
      };
    case 'timeout': {
      const text = `Task timed out after ${invocation.timeoutSeconds.toFixed(2)} seconds`;
      const time = new Date(invocation.timestamp).toISOString();
      return failure('Sandbox.Timedout', `RequestId: ${requestId} Error: ${text}`, 'timeout', [
        `${time} ${requestId} ${text}\n\n`,
      ]);
    }
    case 'exit': {
      const errorType = outcome.outOfMemory ? 'Runtime.OutOfMemory' : 'Runtime.ExitError';
      const message = `RequestId: ${requestId} Error: ${describeExit(outcome)}`;
      return failure(errorType, message, 'failure', [`${message}\n`, `${errorType}\n`]);
    }
  }
}

/** `Status: …` of the lines REPORT and INIT_REPORT. */
export function statusOf(verdict: Pick<Verdict, 'status' | 'errorType'>): string | undefined {
  if (verdict.status === 'timeout') return 'Status: timeout';
  return verdict.errorType === undefined ? undefined : `Status: error\tError Type: ${verdict.errorType}`;
}

function failure(
  errorType: string,
  errorMessage: string,
  status: 'timeout' | 'failure',
  logLines: string[],
): Verdict {
  const payload = Buffer.from(JSON.stringify({ errorType, errorMessage }));
  return { payload, functionError: 'Unhandled', status, errorType, logLines };
}

function describeExit({ exit, outOfMemory }: Extract<JudgedOutcome, { kind: 'exit' }>): string {
  if (outOfMemory) return 'Runtime exited with error: signal: killed';
  if ('signal' in exit) return `Runtime exited with error: signal: ${exit.signal}`;
  if (exit.code === 0) return 'Runtime exited without providing a reason';
  return `Runtime exited with error: exit status ${exit.code}`;
}
