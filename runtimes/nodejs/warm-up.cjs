// @ts-check
'use strict';
const { createInvocation } = require('./invocation.cjs');

/** Modules that many packages import; importing them from ES modules takes longer than from CommonJS. */
const commonModules = [
  'node:buffer',
  'node:crypto',
  'node:events',
  'node:fs',
  'node:fs/promises',
  'node:http',
  'node:https',
  'node:module',
  'node:os',
  'node:path',
  'node:process',
  'node:stream',
  'node:stream/promises',
  'node:url',
  'node:util',
  'node:zlib',
];

/**
 * Does ahead of need what would otherwise take time from a function's first invocation: for processes that are started
 * before anybody waits for them.
 */
async function warmUp() {
  await Promise.all(commonModules.map((name) => import(name)));
  await import('data:text/javascript,export const handler = 1;');
  process.stdout.writable && process.stderr.writable;
  await new Promise((resolve) => {
    createInvocation(async () => ({}), {}, { deadlineMilliseconds: 0 }, false, resolve).run();
  });
}

module.exports = { warmUp };
