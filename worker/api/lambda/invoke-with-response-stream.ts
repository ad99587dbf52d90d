import { pipeline, type Readable, Transform } from 'node:stream';
import type { InvokeResult, StreamedResult } from '../../engine/engine.ts';
import { encodeStreamEvent } from '../event-stream.ts';
import type { HttpResponse } from '../route.ts';
import type { ActionContext, ActionRequest } from './action.ts';
import { dryRunResponse, readInvocation } from './invoke.ts';

/** InvokeWithResponseStream: each piece of the response goes to the client when the function writes it. */
export async function invokeWithResponseStream(
  context: ActionContext,
  request: ActionRequest,
): Promise<HttpResponse> {
  const { isDryRun, invocation } = await readInvocation(context, request, ['RequestResponse', 'DryRun']);
  if (isDryRun) return dryRunResponse(invocation);
  const result = await context.engine.invokeWithResponseStream(invocation);
  return {
    status: 200,
    headers: {
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amz-executed-version': result.executedVersion,
      'x-amzn-trace-id': invocation.traceId,
    },
    body: encodeResult(result),
  };
}

/** Every chunk as a message, and a last one for how the invocation came out. */
function encodeResult({ chunks, completed }: StreamedResult): Readable {
  const encoder = new Transform({
    transform: (payload: Buffer, _encoding, done) => {
      done(null, encode('PayloadChunk', 'application/octet-stream', payload));
    },
    flush: (done) => {
      const end = (result: InvokeResult) =>
        encode('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(describeEnd(result))));
      completed.then((result) => done(null, end(result)), done);
    },
  });
  // What breaks off ends its reader and its source, which is all there is to do.
  return pipeline(chunks, encoder, () => {});
}

function encode(name: string, contentType: string, payload: Buffer): Buffer {
  return encodeStreamEvent({ kind: 'event', name, contentType, payload });
}

/** Members that say nothing are left out. */
function describeEnd({ functionError, payload, logTail }: InvokeResult) {
  return {
    ...(functionError && { ErrorCode: functionError, ErrorDetails: payload.toString() }),
    ...(logTail && { LogResult: logTail.toString('base64') }),
  };
}
