// @ts-check
'use strict';

/** Marks a handler that streams its response, as bundlers and middleware of others know it. */
const streamingMark = Symbol.for('aws.lambda.runtime.handler.streaming');

/** Puts `awslambda` in place, by which functions ask for response streaming. */
function installStreaming() {
  const HttpResponseStream = {
    /**
     * Gives a response a status and headers, for function URLs.
     * @param {import('./response-stream.cjs').ResponseStream} stream
     * @param {unknown} prelude `{ statusCode, headers, cookies }`
     */
    from(stream, prelude) {
      stream.beginWith(prelude);
      return stream;
    },
  };
  Object.assign(globalThis, { awslambda: { streamifyResponse, HttpResponseStream } });
}

/**
 * @param {any} handler `async (event, responseStream, context) => void`
 */
function streamifyResponse(handler) {
  handler[streamingMark] = 'response';
  return handler;
}

/** @param {any} handler */
function isStreaming(handler) {
  return handler[streamingMark] === 'response';
}

module.exports = { installStreaming, isStreaming };
