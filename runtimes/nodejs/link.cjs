// @ts-check
'use strict';

const { readSync, writeSync } = require('node:fs');

/**
 * The runtime's end of the link (docs/architecture.md, "The link"): file descriptor 3, read and written with
 * blocking calls. A process that waits for its next event is stopped in `read`, so its timers do not run.
 */
const linkDescriptor = 3;
const lengthBytes = 4;
const preludeBytes = 9;
const readAhead = Buffer.allocUnsafe(64 * 1024);

/** @typedef {{ type: number, header: any, body: Buffer }} Frame */

const frameType = Object.freeze({
  init: 1,
  invoke: 2,
  started: 15,
  ready: 16,
  initError: 17,
  response: 18,
  error: 19,
  log: 20,
  invalidEvent: 21,
  streamStart: 22,
  chunk: 23,
});

/** Bytes received and not yet consumed. */
let pending = Buffer.alloc(0);

/**
 * Waits for the next frame; ends the process when the worker is gone.
 * @returns {Frame}
 */
function receive() {
  fill(lengthBytes);
  const length = pending.readUInt32BE(0);
  fill(lengthBytes + length);
  const frame = pending.subarray(0, lengthBytes + length);
  pending = pending.subarray(lengthBytes + length);
  const bodyStart = preludeBytes + frame.readUInt32BE(5);
  return {
    type: frame.readUInt8(4),
    header: JSON.parse(frame.toString('utf8', preludeBytes, bodyStart)),
    body: frame.subarray(bodyStart),
  };
}

/**
 * @param {number} type
 * @param {object} header
 * @param {string | Buffer} [body]
 */
function send(type, header, body = '') {
  const headerText = JSON.stringify(header);
  const headerBytes = Buffer.byteLength(headerText);
  const bodyBytes = Buffer.byteLength(body);
  const frame = Buffer.allocUnsafe(preludeBytes + headerBytes + bodyBytes);
  frame.writeUInt32BE(preludeBytes - lengthBytes + headerBytes + bodyBytes, 0);
  frame.writeUInt8(type, 4);
  frame.writeUInt32BE(headerBytes, 5);
  frame.write(headerText, preludeBytes);
  if (typeof body === 'string') frame.write(body, preludeBytes + headerBytes);
  else body.copy(frame, preludeBytes + headerBytes);
  for (let sent = 0; sent < frame.length; ) sent += writeSync(linkDescriptor, frame, sent);
}

/**
 * Reads until at least `size` bytes are pending.
 * @param {number} size
 */
function fill(size) {
  if (pending.length >= size) return;
  const target = size > readAhead.length ? Buffer.allocUnsafe(size) : readAhead;
  let filled = pending.copy(target);
  while (filled < size) {
    const received = readSync(linkDescriptor, target, filled, target.length - filled, null);
    if (received === 0) process.exit(0);
    filled += received;
  }
  pending = target.subarray(0, filled);
}

module.exports = { frameType, receive, send };
