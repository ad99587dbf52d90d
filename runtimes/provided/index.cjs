// @ts-check
'use strict';
const { isUtf8 } = require('node:buffer');
const { maxRssKilobytes, startBootstrap } = require('./bootstrap.cjs');
const { close, drained, frameType, open, send } = require('./link.cjs');
const { RuntimeApi } = require('./runtime-api.cjs');

/** @typedef {import('./link.cjs').Frame} Frame */

/**
 * What custom runtimes see as Lambda: turns the link into the HTTP Runtime API, runs `bootstrap`, and ends as it ends.
 */

/** In a sandbox there is nobody else on this network. */
const isSandboxed = __dirname === '/var/runtime';
const host = '127.0.0.1';
const port = isSandboxed ? 9001 : 0;
/** Longest error type that is passed on; Lambda's own are far shorter. */
const maxErrorTypeLength = 128;
const maxContentTypeLength = 1000;
/** Members of the invoke frame's header, by the header that tells the runtime. */
const invocationHeaders = {
  'Lambda-Runtime-Aws-Request-Id': 'requestId',
  'Lambda-Runtime-Deadline-Ms': 'deadlineMilliseconds',
  'Lambda-Runtime-Invoked-Function-Arn': 'invokedFunctionArn',
  'Lambda-Runtime-Trace-Id': 'traceId',
  'Lambda-Runtime-Client-Context': 'clientContext',
};

/** @type {any} header of the init frame */
let settings;
/** @type {ReturnType<typeof startBootstrap>} */
let bootstrap = null;

const api = new RuntimeApi({
  onReady: () => send(frameType.ready, memoryUse()),
  onInitError: (errorType, body) => send(frameType.initError, { errorType: shorten(errorType) }, body),
  onResponse: (body) => send(frameType.response, memoryUse(), body),
  onStream: (contentType) =>
    send(frameType.streamStart, { contentType: contentType.slice(0, maxContentTypeLength) }),
  onChunk: (chunk) => (send(frameType.chunk, {}, chunk) ? undefined : drained()),
  onError: (errorType, body) =>
    send(frameType.error, { errorType: shorten(errorType), ...memoryUse() }, body),
});
api.server.listen(port, host, () => {
  open(onFrame, end);
  send(frameType.started, {});
});

/** @param {Frame} frame */
function onFrame({ type, header, body }) {
  if (type === frameType.init) initialize(header);
  else if (type === frameType.invoke) invoke(header, body);
  else throw new Error(`Frame of unknown type ${type}.`);
}

/** @param {any} header of the init frame */
function initialize(header) {
  settings = header;
  api.maxResponseBytes = settings.maxResponseBytes;
  const address = /** @type {import('node:net').AddressInfo} */ (api.server.address());
  const env = {
    ...process.env,
    ...settings.environment,
    AWS_LAMBDA_RUNTIME_API: `${host}:${address.port}`,
  };
  const directories = isSandboxed ? [settings.taskRoot, '/opt'] : [settings.taskRoot];
  bootstrap = startBootstrap(directories, env, {
    onExit: (code) => close(() => process.exit(code)),
    onInvalid: (errorMessage) => {
      const errorType = 'Runtime.InvalidEntrypoint';
      send(frameType.initError, { errorType }, JSON.stringify({ errorType, errorMessage }));
    },
  });
}

/**
 * @param {any} header of the invoke frame
 * @param {Buffer} body
 */
function invoke(header, body) {
  const problem = problemOf(body);
  if (problem !== null) {
    send(frameType.invalidEvent, { message: problem });
    return;
  }
  const headers = Object.entries(invocationHeaders).flatMap(([name, member]) =>
    header[member] === undefined ? [] : [[name, headerValue(String(header[member]))]],
  );
  api.offer({
    requestId: header.requestId,
    headers: Object.fromEntries(headers),
    body: body.length === 0 ? Buffer.from('{}') : body,
  });
}

/**
 * @param {Buffer} event
 * @returns {string | null} why it is not JSON
 */
function problemOf(event) {
  if (event.length === 0) return null;
  if (!isUtf8(event)) return 'Invalid UTF-8';
  try {
    JSON.parse(event.toString());
    return null;
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
}

/**
 * Text as the bytes of a header: UTF-8, and the line breaks that JSON may hold as spaces.
 * @param {string} text
 */
function headerValue(text) {
  return Buffer.from(text.replace(/\p{Cc}/gu, ' ')).toString('latin1');
}

/** @param {string | undefined} errorType */
function shorten(errorType) {
  return errorType?.slice(0, maxErrorTypeLength);
}

/** Only asked for where no control group measures it. */
function memoryUse() {
  if (!settings.reportMemory) return {};
  return { maxRssKilobytes: process.resourceUsage().maxRSS + maxRssKilobytes(bootstrap?.pid) };
}

/** The worker is gone. */
function end() {
  bootstrap?.kill();
  process.exit(0);
}
