import { Readable } from 'node:stream';
import type { Caller, JsonObject } from '../../../core/caller.ts';
import type { TelemetryService } from '../../telemetry/telemetry.ts';
import { encodeStreamEvent } from '../event-stream.ts';
import type { HttpResponse } from '../route.ts';

const updateMilliseconds = 1000;
const longestSessionMilliseconds = 3 * 3_600_000;

interface Page {
  events: unknown[];
  isSample: boolean;
  after: number;
}

/**
 * StartLiveTail: what arrives in up to ten log groups, as an event stream with an update every second.
 * @throws AwsFault before the stream begins, for what is wrong with the request.
 */
export async function startLiveTail(
  telemetry: TelemetryService,
  caller: Caller,
  input: JsonObject,
  requestId: string,
): Promise<HttpResponse> {
  const look = async (after?: number) =>
    (await telemetry.call('ReadLiveTail', caller, { ...input, after })) as Page;
  let { after } = await look();
  const stream = new Readable({ read() {} });
  const {
    logGroupIdentifiers,
    logStreamNames = [],
    logStreamNamePrefixes = [],
    logEventFilterPattern,
  } = input;
  // In protocols of one path the answer itself is an event too, before the others.
  stream.push(encodeEvent('event', 'initial-response', {}));
  stream.push(
    encodeEvent('event', 'sessionStart', {
      requestId,
      sessionId: requestId,
      logGroupIdentifiers,
      logStreamNames,
      logStreamNamePrefixes,
      ...(logEventFilterPattern !== undefined && { logEventFilterPattern }),
    }),
  );
  const end = (name: string, message: string) => {
    stream.push(encodeEvent('exception', name, { message }));
    stream.push(null);
  };
  let busy = false;
  const update = async () => {
    // A client that does not read gets no update, never a buffer that grows; it misses nothing.
    if (busy || stream.readableLength > 0) return;
    busy = true;
    const page = await look(after);
    after = page.after;
    const sessionMetadata = { sampled: page.isSample };
    stream.push(encodeEvent('event', 'sessionUpdate', { sessionMetadata, sessionResults: page.events }));
    busy = false;
  };
  const updates = setInterval(() => {
    update().catch(() => end('SessionStreamingException', 'The log group is gone, or could not be read.'));
  }, updateMilliseconds).unref();
  const timeout = setTimeout(
    () => end('SessionTimeoutException', 'The session lasted for three hours.'),
    longestSessionMilliseconds,
  ).unref();
  const stop = () => {
    clearInterval(updates);
    clearTimeout(timeout);
  };
  stream.on('end', stop);
  stream.on('close', stop);
  return { status: 200, headers: { 'content-type': 'application/vnd.amazon.eventstream' }, body: stream };
}

function encodeEvent(kind: 'event' | 'exception', name: string, payload: unknown): Buffer {
  const contentType = 'application/json';
  return encodeStreamEvent({ kind, name, contentType, payload: Buffer.from(JSON.stringify(payload)) });
}
