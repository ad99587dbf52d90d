import { fromBase64 } from './base64.ts';
import { functionPath } from './function-path.ts';
import { parseReport, type Report } from './report.ts';
import { send } from './request.ts';
import { browserTransport } from './transport.ts';

/** One synchronous invocation as its caller sees it. */
export interface Invocation {
  requestId: string;
  /** HTTP status of Invoke. */
  statusCode: number;
  /** `Unhandled` when the function failed; `payload` is then the error object. */
  functionError: string | undefined;
  executedVersion: string | undefined;
  /** The response, as text. */
  payload: string;
  /** The last 4 KB of its log, START to REPORT. */
  log: string;
  report: Report | undefined;
  /** From sending to the last byte of the answer, as this browser measured it, in milliseconds. */
  roundTrip: number;
}

/**
 * Invokes the deployed function with a JSON text.
 * @throws ApiError when the request did not reach the function.
 */
export async function invokeFunction(name: string, event: string, signal?: AbortSignal): Promise<Invocation> {
  const started = performance.now();
  const response = await send(browserTransport, functionPath(name, 'invocations'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-amz-log-type': 'Tail' },
    body: event,
    signal,
  });
  const payload = await response.text();
  const log = new TextDecoder().decode(fromBase64(response.headers.get('x-amz-log-result') ?? ''));
  return {
    requestId: response.headers.get('x-amzn-requestid') ?? '',
    statusCode: response.status,
    functionError: response.headers.get('x-amz-function-error') ?? undefined,
    executedVersion: response.headers.get('x-amz-executed-version') ?? undefined,
    payload,
    log,
    report: parseReport(log),
    roundTrip: performance.now() - started,
  };
}
