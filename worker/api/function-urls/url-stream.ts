import { pipeline, type Readable, Transform } from 'node:stream';
import type { StreamedResult } from '../../engine/engine.ts';
import type { HttpResponse } from '../route.ts';
import { BadFunctionResponse, readResponseHead } from './url-response.ts';

/** Of what begins with the head of an HTTP response, as `awslambda.HttpResponseStream` writes it. */
const httpResponseType = 'application/vnd.awslambda.http-integration-response';
const headEnd = Buffer.alloc(8);
const longestHeadBytes = 1_048_576;

/**
 * The HTTP response that a function streams: with a head of its own, or 200 with the content type that it set.
 * Resolves with the first bytes.
 * @throws BadFunctionResponse when the function fails before it has said anything, or its head is not valid.
 */
export async function readStreamedResponse({
  chunks,
  contentType,
  completed,
}: StreamedResult): Promise<HttpResponse> {
  try {
    const hasHead = contentType === httpResponseType;
    const start = await readStart(chunks, hasHead);
    if (start.length === 0 && (await completed).functionError) {
      throw new BadFunctionResponse('the function failed');
    }
    const { head, rest } = hasHead
      ? splitHead(start)
      : { head: { headers: { 'content-type': contentType } }, rest: start };
    const response = readResponseHead(head);
    // A function that fails now cuts the answer off, which is all that HTTP has for it.
    const body = new Transform({
      transform: (chunk, _encoding, done) => done(null, chunk),
      flush: (done) => {
        const failure = new BadFunctionResponse('the function failed');
        completed.then(({ functionError }) => done(functionError && failure), done);
      },
    });
    body.write(rest);
    return { ...response, body: pipeline(chunks, body, () => {}) };
  } catch (error) {
    // Nobody will read the rest.
    chunks.destroy();
    throw error;
  }
}

/** The first chunk, or as many as hold the whole head; empty when there is none. */
async function readStart(chunks: Readable, hasHead: boolean): Promise<Buffer> {
  let start: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks.iterator({ destroyOnReturn: false })) {
    start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
    if (!hasHead || start.includes(headEnd) || start.length > longestHeadBytes) break;
  }
  return start;
}

function splitHead(start: Buffer): { head: unknown; rest: Buffer } {
  const end = start.indexOf(headEnd);
  if (end < 0) throw new BadFunctionResponse('the head does not end');
  try {
    return {
      head: JSON.parse(start.toString('utf8', 0, end)),
      rest: start.subarray(end + headEnd.length),
    };
  } catch (error) {
    throw new BadFunctionResponse('the head is not JSON', { cause: error });
  }
}
