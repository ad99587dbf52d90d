// @ts-check
'use strict';
const { Writable } = require('node:stream');
const { createContext } = require('./context.cjs');
const { RuntimeError } = require('./errors.cjs');
const { neverSettled } = require('./invocation.cjs');
const { frameType, send } = require('./link.cjs');

/** Longest piece of one chunk frame, in bytes. */
const maxFrameBytes = 256 * 1024;
const httpResponseType = 'application/vnd.awslambda.http-integration-response';
/** Separates the head of an HTTP response from its body. */
const preludeEnd = Buffer.alloc(8);

/**
 * What a streaming handler writes to. A write goes to the worker at once and waits while the worker has more than it
 * can pass on, so that no response grows in memory.
 */
class ResponseStream extends Writable {
  #contentType = 'application/octet-stream';
  #begun = false;
  /** @type {Buffer | null} */
  #prelude = null;

  /** @param {string} contentType */
  setContentType(contentType) {
    if (this.#begun)
      throw new RuntimeError('InvalidStreamingOperation', 'Cannot set content-type, too late.');
    this.#contentType = String(contentType);
  }

  /** @param {unknown} prelude */
  beginWith(prelude) {
    this.setContentType(httpResponseType);
    this.#prelude = Buffer.concat([Buffer.from(JSON.stringify(prelude)), preludeEnd]);
  }

  /**
   * Takes what no stream takes by itself as JSON.
   * @param {any} chunk
   * @param {any} [encoding]
   * @param {any} [callback]
   */
  write(chunk, encoding, callback) {
    const isPlain = typeof chunk === 'string' || chunk instanceof Uint8Array;
    return super.write(isPlain ? chunk : JSON.stringify(chunk), encoding, callback);
  }

  /**
   * @param {Buffer} chunk
   * @param {string} _encoding
   * @param {() => void} callback
   */
  _write(chunk, _encoding, callback) {
    this.#begin();
    sendPieces(chunk);
    callback();
  }

  /** @param {() => void} callback */
  _final(callback) {
    this.#begin();
    callback();
  }

  #begin() {
    if (this.#begun) return;
    this.#begun = true;
    send(frameType.streamStart, { contentType: this.#contentType.slice(0, 1000) });
    if (this.#prelude) sendPieces(this.#prelude);
  }
}

/** @param {Buffer} bytes */
function sendPieces(bytes) {
  for (let start = 0; start < bytes.length; start += maxFrameBytes) {
    send(frameType.chunk, {}, bytes.subarray(start, start + maxFrameBytes));
  }
}

/**
 * One call of a streaming handler: over when the handler has resolved and the stream has ended.
 * @param {Function} handler
 * @param {unknown} event
 * @param {any} header of the invoke frame
 * @param {(outcome: import('./invocation.cjs').Outcome) => void} settle
 * @returns {import('./invocation.cjs').Invocation}
 */
function createStreamingInvocation(handler, event, header, settle) {
  const stream = new ResponseStream();
  let settled = false;
  let resolved = false;
  stream.on('finish', succeed);
  stream.on('error', fail);
  return { run, drained: () => fail(neverSettled()) };

  function run() {
    try {
      const returned = handler(event, stream, createContext(header));
      if (typeof returned?.then !== 'function') {
        throw new RuntimeError(
          'Runtime.MalformedStreamingHandler',
          'Streaming does not support non-async handlers.',
        );
      }
      returned.then(() => {
        resolved = true;
        succeed();
      }, fail);
    } catch (error) {
      fail(error);
    }
  }

  function succeed() {
    if (settled || !resolved || !stream.writableFinished) return;
    settled = true;
    settle({ result: '' });
  }

  /** @param {unknown} error */
  function fail(error) {
    if (settled) return;
    settled = true;
    // What the handler still writes goes nowhere.
    stream.destroy();
    settle({ error });
  }
}

module.exports = { ResponseStream, createStreamingInvocation };
