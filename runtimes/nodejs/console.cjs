// @ts-check
'use strict';
const { frameType, send } = require('./link.cjs');

const { format } = require('node:util');

/** Longest text of one log frame, in bytes; what is longer becomes several log events. */
const maxFrameBytes = 256 * 1024;

/** @type {string | undefined} */
let currentRequestId;

/**
 * The request id that log lines carry; `undefined` during init, which Lambda prints as such.
 * @param {string | undefined} requestId
 */
function setRequestId(requestId) {
  currentRequestId = requestId;
}

/** Replaces the console's methods by Lambda's: time, request id, level and message, separated by tabs. */
function patchConsole() {
  const target = /** @type {any} */ (console);
  target.trace = logger('TRACE');
  target.debug = logger('DEBUG');
  target.info = target.log = logger('INFO');
  target.warn = logger('WARN');
  target.error = logger('ERROR');
  target.fatal = logger('FATAL');
}

/**
 * @param {string} level
 * @returns {(...values: unknown[]) => void}
 */
function logger(level) {
  return (...values) => {
    const now = Date.now();
    const header = { timestampMicroseconds: now * 1000, level };
    const text = `${new Date(now).toISOString()}\t${currentRequestId}\t${level}\t${format(...values)}\n`;
    if (text.length * 3 <= maxFrameBytes) send(frameType.log, header, text);
    else for (const piece of split(Buffer.from(text))) send(frameType.log, header, piece);
  };
}

/**
 * Pieces of at most `maxFrameBytes`, never cut inside a character.
 * @param {Buffer} text
 */
function* split(text) {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + maxFrameBytes, text.length);
    while (end < text.length && ((text[end] ?? 0) & 0xc0) === 0x80) end--;
    yield text.subarray(start, end);
    start = end;
  }
}

module.exports = { patchConsole, setRequestId };
