// @ts-check
'use strict';

/**
 * Makes standard output and error write at once. Node.js writes to a socket asynchronously beyond its buffer: what a
 * handler prints would stay behind when the process waits for its next event, and its child processes would find the
 * descriptor in a mode that few programs expect. Done when a stream is first used, for making one takes milliseconds.
 */
function writeAtOnce() {
  for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
    const original = Object.getOwnPropertyDescriptor(process, name);
    Object.defineProperty(process, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = original?.get?.call(process);
        value._handle?.setBlocking?.(true);
        Object.defineProperty(process, name, { configurable: true, enumerable: true, writable: true, value });
        return value;
      },
    });
  }
}

module.exports = { writeAtOnce };
