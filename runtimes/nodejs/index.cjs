// @ts-check
'use strict';
const { isUtf8 } = require('node:buffer');
const Module = require('node:module');
const { patchConsole, setRequestId } = require('./console.cjs');
const { RuntimeError, toErrorResult, toLogText } = require('./errors.cjs');
const { loadHandler } = require('./handler.cjs');
const { createInvocation } = require('./invocation.cjs');
const { frameType, receive, send } = require('./link.cjs');
const { limitHeapGrowth } = require('./heap.cjs');
const { writeAtOnce } = require('./output.cjs');
const { installStreaming, isStreaming } = require('./streaming.cjs');

/** @typedef {import('./invocation.cjs').Invocation} Invocation */

/** The first Node.js release line whose runtime takes no callbacks. */
const firstWithoutCallbacks = 24;
const takesCallbacks = Number.parseInt(process.versions.node, 10) < firstWithoutCallbacks;

/** @type {any} header of the init frame */
let settings;
/** @type {'init' | Invocation | null} what a failure of the process is reported for */
let current = 'init';

process.on('uncaughtException', (error) => die('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason, promise) => {
  const error = new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason));
  die('Unhandled Promise Rejection', Object.assign(error, { reason, promise }), 128);
});
process.on('beforeExit', () => {
  // Node.js' own exit code for a promise that nothing can settle any more.
  if (current === 'init') process.exit(13);
  current?.drained();
});

writeAtOnce();
if (process.argv.pop() === 'prewarm') require('./warm-up.cjs').warmUp().then(start);
else start();

/** Waits for the function that this process will serve. */
function start() {
  send(frameType.started, {});
  settings = receive().header;
  initialize().then(
    (handler) => {
      current = null;
      send(frameType.ready, memoryUse());
      serve(handler);
    },
    (error) => die('Uncaught Exception', error, 1),
  );
}

/** Becomes the function's: environment variables, directory, console, handler. */
async function initialize() {
  Object.assign(process.env, settings.environment);
  limitHeapGrowth(Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE));
  // NODE_PATH was read when the process started, long before it was known.
  /** @type {any} */ (Module)._initPaths();
  process.chdir(settings.taskRoot);
  patchConsole();
  installStreaming();
  const handler = await loadHandler(settings.taskRoot, settings.handler);
  if (!takesCallbacks && handler.length >= 3 && !isStreaming(handler)) {
    throw new RuntimeError(
      'Runtime.CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
  return handler;
}

/**
 * Waits for an event, hands it to the handler, and comes back when that has answered.
 * @param {Function} handler
 */
function serve(handler) {
  const { header, body } = receive();
  setRequestId(header.requestId);
  process.env._X_AMZN_TRACE_ID = header.traceId;
  const event = parseEvent(body);
  if ('problem' in event) {
    send(frameType.invalidEvent, { message: event.problem });
    setImmediate(serve, handler);
    return;
  }
  /** @param {import('./invocation.cjs').Outcome} outcome */
  const settle = (outcome) => {
    current = null;
    if ('error' in outcome) reportError('Invoke Error', outcome.error);
    else respond(frameType.response, {}, outcome.result);
    setImmediate(serve, handler);
  };
  current = isStreaming(handler)
    ? require('./response-stream.cjs').createStreamingInvocation(handler, event.value, header, settle)
    : createInvocation(handler, event.value, header, takesCallbacks, settle);
  current.run();
}

/**
 * @param {Buffer} body
 * @returns {{ value: unknown } | { problem: string }}
 */
function parseEvent(body) {
  if (body.length === 0) return { value: {} };
  if (!isUtf8(body)) return { problem: 'Invalid UTF-8' };
  try {
    return { value: JSON.parse(body.toString()) };
  } catch (error) {
    return { problem: /** @type {Error} */ (error).message };
  }
}

/**
 * Logs an error and answers the event with it.
 * @param {string} label
 * @param {unknown} error
 * @param {{ exiting?: true }} [flags]
 */
function reportError(label, error, flags = {}) {
  console.error(label, `\t${toLogText(error)}`);
  const result = toErrorResult(error);
  respond(frameType.error, { errorType: result.errorType, ...flags }, JSON.stringify(result));
}

/**
 * @param {number} type
 * @param {object} header
 * @param {string} text
 */
function respond(type, header, text) {
  if (text.length * 3 > settings.maxResponseBytes && Buffer.byteLength(text) > settings.maxResponseBytes) {
    const errorType = 'Function.ResponseSizeTooLarge';
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${settings.maxResponseBytes} bytes).`;
    send(
      frameType.error,
      { ...header, errorType, ...memoryUse() },
      JSON.stringify({ errorMessage, errorType }),
    );
  } else send(type, { ...header, ...memoryUse() }, text);
}

/** Only asked for where no control group measures it. */
function memoryUse() {
  return settings.reportMemory ? { maxRssKilobytes: process.resourceUsage().maxRSS } : {};
}

/**
 * Reports a failure that the process does not survive.
 * @param {string} label
 * @param {unknown} error
 * @param {number} exitCode
 */
function die(label, error, exitCode) {
  if (current === 'init') {
    patchConsole();
    console.error(label, `\t${toLogText(error)}`);
    const result = toErrorResult(error);
    send(frameType.initError, { errorType: result.errorType }, JSON.stringify(result));
  } else if (current === null) console.error(label, `\t${toLogText(error)}`);
  else reportError(label, error, { exiting: true });
  process.exit(exitCode);
}
