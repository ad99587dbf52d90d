// @ts-check
'use strict';
const { setFlagsFromString } = require('node:v8');

/** Above this V8's own heuristics, which trade memory for speed, do no harm. */
const ampleMegabytes = 1024;
/** Up to this the young generation stays as small as it is at the start. */
const scarceMegabytes = 256;

/**
 * Makes V8 collect garbage before the function's memory is full. The process was started before the function was known,
 * so V8 takes the whole machine's memory for its own; its size limits are fixed then, how fast it grows is not.
 * @param {number} memoryMegabytes
 */
function limitHeapGrowth(memoryMegabytes) {
  if (memoryMegabytes > ampleMegabytes) return;
  setFlagsFromString(`--heap-growing-percent=${Math.round(memoryMegabytes / 8)}`);
  if (memoryMegabytes <= scarceMegabytes) setFlagsFromString('--semi-space-growth-factor=1');
}

module.exports = { limitHeapGrowth };
