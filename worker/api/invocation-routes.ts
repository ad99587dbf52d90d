import { Readable } from 'node:stream';
import type { Caller, JsonObject } from '../../core/caller.ts';
import { ServiceError } from '../../core/errors.ts';
import { AwsFault } from '../telemetry/aws-fault.ts';
import type { TelemetryService } from '../telemetry/telemetry.ts';
import type { Authenticate } from './authenticate.ts';
import { readBody } from './body.ts';
import { type HttpRequest, type HttpResponse, jsonResponse, type Route } from './route.ts';

/** Filters of the list, by what their text in the query string means. */
const filters: Readonly<Record<string, 'text' | 'integer' | 'boolean'>> = {
  functionName: 'text',
  version: 'text',
  requestId: 'text',
  status: 'text',
  coldStart: 'boolean',
  minDurationMilliseconds: 'integer',
  startTime: 'integer',
  endTime: 'integer',
  after: 'integer',
  limit: 'integer',
  nextToken: 'text',
};
const heartbeatMilliseconds = 15_000;
/** Of invocations that a slow reader has not been told of; it skips what is more. */
const mostAtOnce = 200;

/**
 * The record of invocations: `GET /hearth/invocations` with filters in the query string, newest first;
 * `/hearth/invocations/{id}` with log lines, event and response; `/hearth/invocations/live` as server-sent events,
 * each a list of what was added.
 */
export function invocationRoutes(telemetry: TelemetryService, authenticate: Authenticate): Route[] {
  const route = (
    path: string,
    answer: (caller: Caller, request: HttpRequest) => Promise<HttpResponse>,
  ): Route => ({
    method: 'GET',
    path,
    async handle(request) {
      const { caller, verifyBody } = await authenticate(request.message);
      verifyBody(await readBody(request.message, 0, noBodyExpected));
      return answer(caller, request).catch(translateFault);
    },
  });
  return [
    route('/hearth/invocations', async (caller, { query }) =>
      jsonResponse(200, await telemetry.call('ListInvocations', caller, readFilters(query))),
    ),
    route('/hearth/invocations/live', async (caller, { query }) => ({
      status: 200,
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
      body: liveInvocations(telemetry, caller, readFilters(query)),
    })),
    route('/hearth/invocations/{id}', async (caller, { parameters }) =>
      jsonResponse(200, await telemetry.call('GetInvocation', caller, { requestId: parameters.id })),
    ),
  ];
}

/** What is added to the list from now on, a comment now and then so that the connection is known to live. */
function liveInvocations(telemetry: TelemetryService, caller: Caller, given: JsonObject): Readable {
  const stream = new Readable({ read() {} });
  const list = async (input: JsonObject) =>
    (await telemetry.call('ListInvocations', caller, input)) as { invocations: { sequence: number }[] };
  let last = list({ limit: 1 }).then(({ invocations }) => invocations[0]?.sequence ?? 0);
  const advance = async (after: number) => {
    const { invocations } = await list({ ...given, after, limit: mostAtOnce });
    const newest = invocations[0];
    if (newest) stream.push(`data: ${JSON.stringify(invocations)}\n\n`);
    return newest?.sequence ?? after;
  };
  stream.push(': connected\n\n');
  const unsubscribe = telemetry.onInvocations(() => {
    // A client that does not read gets less, never a buffer that grows.
    if (stream.readableLength > stream.readableHighWaterMark) return;
    last = last.then(advance);
    last.catch((error) => stream.destroy(error));
  });
  last.catch((error) => stream.destroy(error));
  const heartbeat = setInterval(() => stream.push(': still here\n\n'), heartbeatMilliseconds).unref();
  stream.on('close', () => {
    unsubscribe();
    clearInterval(heartbeat);
  });
  return stream;
}

function readFilters(query: URLSearchParams): JsonObject {
  const input: Record<string, unknown> = {};
  for (const [name, value] of query) {
    const type = Object.hasOwn(filters, name) ? filters[name] : undefined;
    if (!type) throw new ServiceError('ValidationException', `${name} is not a filter of invocations.`);
    if (type === 'integer' && /^\d{1,15}$/.test(value)) input[name] = Number(value);
    else if (type === 'boolean' && /^(true|false)$/.test(value)) input[name] = value === 'true';
    else input[name] = value;
  }
  return input;
}

function translateFault(error: unknown): never {
  if (!(error instanceof AwsFault)) throw error;
  const code = error.code === 'ResourceNotFoundException' ? error.code : 'ValidationException';
  throw new ServiceError(code, error.message);
}

function noBodyExpected(): ServiceError {
  return new ServiceError('RequestEntityTooLargeException', 'No body is expected.');
}
