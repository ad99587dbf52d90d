// @ts-check
'use strict';

/** @typedef {Buffer | null} Collected null: it was longer than allowed */

/** The other side closed its connection in the middle of a body. */
class TruncatedError extends Error {}

/**
 * Receives the whole body of a request, and keeps it up to a limit: most clients do not look for an answer before they
 * have sent everything.
 * @param {import('node:http').IncomingMessage} request
 * @param {number} maxBytes
 * @param {() => void} [onTooLarge] called as soon as the limit is exceeded
 * @returns {Promise<Collected>}
 * @throws {TruncatedError}
 */
function collect(request, maxBytes, onTooLarge) {
  return new Promise((resolve, reject) => {
    /** @type {Buffer[] | null} */
    let chunks = [];
    let bytes = 0;
    request.on('data', (chunk) => {
      if (!chunks) return;
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else {
        chunks = null;
        onTooLarge?.();
      }
    });
    request.once('end', () => resolve(chunks && Buffer.concat(chunks)));
    request.once('error', () => reject(new TruncatedError()));
    request.once('close', () => reject(new TruncatedError()));
  });
}

module.exports = { collect, TruncatedError };
