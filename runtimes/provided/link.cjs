// @ts-check
'use strict';
const { once } = require('node:events');
const { Socket } = require('node:net');

/**
 * The adapter's end of the link (docs/architecture.md, "The link"): file descriptor 3. Read as data arrives, because
 * the Runtime API is served meanwhile. Node.js marks every descriptor that it was started with as closed on exec, so
 * `bootstrap` and what it starts do not inherit it.
 */
const linkDescriptor = 3;
const lengthBytes = 4;
const preludeBytes = 9;

/** @typedef {{ type: number, header: any, body: Buffer }} Frame */

const frameType = Object.freeze({
  init: 1,
  invoke: 2,
  started: 15,
  ready: 16,
  initError: 17,
  response: 18,
  error: 19,
  invalidEvent: 21,
  streamStart: 22,
  chunk: 23,
});

/** @type {Socket} */
let socket;
/** @type {Buffer[]} */
let chunks = [];
let pendingBytes = 0;
let neededBytes = lengthBytes;

/**
 * @param {(frame: Frame) => void} onFrame
 * @param {() => void} onEnd the worker is gone
 */
function open(onFrame, onEnd) {
  socket = new Socket({ fd: linkDescriptor, readable: true, writable: true });
  socket.on('data', (chunk) => {
    for (const frame of take(chunk)) onFrame(frame);
  });
  socket.on('error', onEnd);
  socket.on('end', onEnd);
}

/**
 * @param {number} type
 * @param {object} header
 * @param {string | Buffer} [body]
 * @returns {boolean} whether there is room for more; otherwise `drained` says when
 */
function send(type, header, body = '') {
  const headerText = JSON.stringify(header);
  const headerBytes = Buffer.byteLength(headerText);
  const start = Buffer.allocUnsafe(preludeBytes + headerBytes);
  start.writeUInt32BE(preludeBytes - lengthBytes + headerBytes + Buffer.byteLength(body), 0);
  start.writeUInt8(type, 4);
  start.writeUInt32BE(headerBytes, 5);
  start.write(headerText, preludeBytes);
  socket.cork();
  socket.write(start);
  const hasRoom = socket.write(body);
  socket.uncork();
  return hasRoom;
}

/** Waits until the worker has taken what was sent. */
async function drained() {
  await once(socket, 'drain');
}

/**
 * Ends the link once everything that was sent is on its way.
 * @param {() => void} onFlushed
 */
function close(onFlushed) {
  socket.end(onFlushed);
}

/**
 * @param {Buffer} chunk
 * @returns {Generator<Frame, void>} the frames that `chunk` completes
 */
function* take(chunk) {
  chunks.push(chunk);
  pendingBytes += chunk.length;
  while (pendingBytes >= neededBytes) {
    const bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    const size = lengthBytes + bytes.readUInt32BE(0);
    if (bytes.length < size) {
      chunks = [bytes];
      neededBytes = size;
      return;
    }
    chunk = bytes.subarray(size);
    chunks = chunk.length > 0 ? [chunk] : [];
    pendingBytes = chunk.length;
    neededBytes = lengthBytes;
    const bodyStart = preludeBytes + bytes.readUInt32BE(5);
    yield {
      type: bytes.readUInt8(4),
      header: JSON.parse(bytes.toString('utf8', preludeBytes, bodyStart)),
      body: bytes.subarray(bodyStart, size),
    };
  }
}

module.exports = { close, drained, frameType, open, send };
