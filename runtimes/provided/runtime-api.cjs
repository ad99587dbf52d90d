// @ts-check
'use strict';
const { createServer } = require('node:http');
const { collect, TruncatedError } = require('./collect.cjs');
const { RuntimeState, TransitionError } = require('./runtime-state.cjs');

/** @import { IncomingMessage, Server, ServerResponse } from 'node:http' */
/** @import { Collected } from './collect.cjs' */

/**
 * An event for the runtime.
 * @typedef {{ requestId: string, headers: Record<string, string>, body: Buffer }} Invocation
 */

/**
 * Told of what the runtime reports.
 * @typedef {object} Listeners
 * @property {() => void} onReady it has asked for its first event
 * @property {(errorType: string | undefined, body: Buffer) => void} onInitError
 * @property {(body: Buffer) => void} onResponse
 * @property {(contentType: string) => void} onStream a response begins to come in chunks
 * @property {(chunk: Buffer) => Promise<void> | void} onChunk fulfilled when there is room for the next
 * @property {(errorType: string | undefined, body: Buffer | string) => void} onError
 */

const base = '/2018-06-01';
const modeHeader = 'lambda-runtime-function-response-mode';
const errorTypeHeader = 'lambda-runtime-function-error-type';
const errorBodyTrailer = 'lambda-runtime-function-error-body';
const truncated = /** @type {const} */ (['Runtime.TruncatedResponse', 'HTTP request detected as truncated']);
/** AWS: request line and headers, which may hold the cause of an error for X-Ray. */
const maxHeaderBytes = 1024 * 1024;
/** Timers would fire for connections that only slept while the environment was frozen. */
const never = 2 ** 31 - 1;

/** The Lambda Runtime API 2018-06-01 over HTTP, for one runtime: one event at a time. */
class RuntimeApi {
  /** Set before the runtime is started: the largest response. */
  maxResponseBytes = 0;
  /** @type {Server} */
  server;
  #state = new RuntimeState();
  #listeners;
  /** @type {Invocation | null} the last event that arrived */
  #invocation = null;
  #isAnswered = true;
  /** @type {ServerResponse[]} requests that wait for an event */
  #waiting = [];

  /** @param {Listeners} listeners */
  constructor(listeners) {
    this.#listeners = listeners;
    this.server = createServer(
      {
        maxHeaderSize: maxHeaderBytes,
        requestTimeout: 0,
        headersTimeout: 0,
        keepAliveTimeout: 0,
        connectionsCheckingInterval: never,
      },
      (request, response) => {
        response.sendDate = false;
        this.#serve(request, response).catch((error) => answerFailure(response, error));
      },
    );
    this.server.on('clientError', answerBrokenRequest);
  }

  /** @param {Invocation} invocation handed out at once, or as soon as the runtime asks */
  offer(invocation) {
    this.#invocation = invocation;
    this.#isAnswered = false;
    if (this.#state.name === 'Ready') this.#handOut();
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async #serve(request, response) {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const route = path.startsWith(`${base}/`) ? path.slice(base.length + 1) : '';
    const [, requestId, verb] = /^runtime\/invocation\/([^/]+)\/(response|error)$/.exec(route) ?? [];
    const isGet = ['ping', 'runtime/invocation/next', 'runtime/restore/next'].includes(route);
    const isPost = verb !== undefined || ['runtime/init/error', 'runtime/restore/error'].includes(route);
    if (!isGet && !isPost) return answer(response, 404, '404 page not found\n', 'text/plain; charset=utf-8');
    if (request.method !== (isGet ? 'GET' : 'POST')) return answer(response, 405, '', 'text/plain');

    if (route === 'ping') return answer(response, 200, 'pong', 'text/plain; charset=utf-8');
    if (route === 'runtime/invocation/next') return this.#next(response);
    if (route === 'runtime/init/error') return this.#initError(request, response);
    // There are no snapshots: nothing is ever restored.
    if (route === 'runtime/restore/next') return this.#state.enter('RestoreReady');
    if (route === 'runtime/restore/error') return this.#state.enter('RuntimeRestoreErrorState');

    if (requestId !== this.#invocation?.requestId) {
      return answerError(response, 400, 'InvalidRequestID', 'Invalid request ID');
    }
    return verb === 'response' ? this.#response(request, response) : this.#error(request, response);
  }

  /** @param {ServerResponse} response */
  #next(response) {
    const isFirst = this.#state.name === 'Started';
    this.#state.enter(this.#state.name === 'Running' ? 'Running' : 'Ready');
    this.#waiting.push(response);
    response.once('close', () => {
      this.#waiting = this.#waiting.filter((waiting) => waiting !== response);
    });
    if (isFirst) this.#listeners.onReady();
    this.#handOut();
  }

  #handOut() {
    if (!this.#invocation || this.#isAnswered) return;
    const response = this.#waiting.shift();
    if (!response) return;
    this.#state.enter('Running');
    const { headers, body } = this.#invocation;
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': body.length,
      ...headers,
    });
    response.end(body);
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async #response(request, response) {
    this.#state.enter('InvocationResponse');
    const mode = request.headers[modeHeader];
    if (mode !== undefined && mode !== 'streaming') {
      request.resume();
      this.#fail('Runtime.InvalidResponseModeHeader', 'Invalid function response mode');
      return answerError(response, 400, 'InvalidFunctionResponseMode', 'Invalid function response mode');
    }
    const body = mode === 'streaming' ? await this.#stream(request) : await this.#collect(request, response);
    if (!body) return;
    const { [errorTypeHeader]: errorType, [errorBodyTrailer]: errorBody } = request.trailers;
    if (errorType === undefined && errorBody === undefined) this.#listeners.onResponse(body);
    else this.#listeners.onError(errorType, Buffer.from(errorBody ?? '', 'base64'));
    this.#sent();
    answerAccepted(response);
  }

  /**
   * Hands a response on as it comes.
   * @param {IncomingMessage} request
   * @returns {Promise<Buffer>} what is left of it: nothing
   * @throws {TruncatedError}
   */
  async #stream(request) {
    this.#listeners.onStream(request.headers['content-type'] ?? 'application/octet-stream');
    try {
      for await (const chunk of request) await this.#listeners.onChunk(chunk);
    } catch {
      this.#fail(...truncated);
      throw new TruncatedError();
    }
    return Buffer.alloc(0);
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async #error(request, response) {
    this.#state.enter('InvocationErrorResponse');
    const body = await this.#collect(request, response);
    if (!body) return;
    this.#listeners.onError(header(request, errorTypeHeader), body);
    this.#sent();
    answerAccepted(response);
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async #initError(request, response) {
    this.#state.enter('InitError');
    const body = (await collect(request, this.maxResponseBytes)) ?? Buffer.alloc(0);
    // Answered first: the environment does not outlive the report.
    answerAccepted(response);
    this.#listeners.onInitError(header(request, errorTypeHeader), body);
  }

  /**
   * The body of a result; one that is no result ends the invocation, and the runtime goes on.
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   * @returns {Promise<Collected>}
   */
  async #collect(request, response) {
    const limit = this.maxResponseBytes;
    let isTooLarge = false;
    try {
      const body = await collect(request, limit, () => {
        isTooLarge = true;
        const message = `Response payload size exceeded maximum allowed payload size (${limit} bytes).`;
        this.#fail('Function.ResponseSizeTooLarge', message);
      });
      if (!body) {
        const message = `Exceeded maximum allowed payload size (${limit} bytes).`;
        answerError(response, 413, 'RequestEntityTooLarge', message);
      }
      return body;
    } catch (error) {
      if (!isTooLarge) this.#fail(...truncated);
      throw error;
    }
  }

  /**
   * @param {string} errorType
   * @param {string} errorMessage
   */
  #fail(errorType, errorMessage) {
    this.#listeners.onError(errorType, JSON.stringify({ errorMessage, errorType }));
    this.#sent();
  }

  #sent() {
    this.#isAnswered = true;
    this.#state.enter('RuntimeResponseSentState');
  }
}

/**
 * @param {IncomingMessage} request
 * @param {string} name
 * @returns {string | undefined}
 */
function header(request, name) {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {string} body
 * @param {string} contentType
 */
function answer(response, status, body, contentType) {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/** @param {ServerResponse} response */
function answerAccepted(response) {
  answer(response, 202, '{"status":"OK"}', 'application/json');
}

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {string} errorType
 * @param {string} errorMessage
 */
function answerError(response, status, errorType, errorMessage) {
  answer(response, status, JSON.stringify({ errorMessage, errorType }), 'application/json');
}

/**
 * @param {ServerResponse} response
 * @param {unknown} error
 */
function answerFailure(response, error) {
  if (error instanceof TransitionError) {
    answerError(response, 403, 'InvalidStateTransition', error.message);
  } else if (!(error instanceof TruncatedError)) throw error;
}

/**
 * @param {Error & { code?: string }} error
 * @param {import('node:stream').Duplex} socket
 */
function answerBrokenRequest(error, socket) {
  if (!socket.writable) return;
  const isTruncated = error.code === 'HPE_INVALID_EOF_STATE';
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const errorType = 'TruncatedHTTPRequest';
  const errorMessage = 'HTTP request detected as truncated';
  const body = isTruncated ? JSON.stringify({ errorMessage, errorType }) : '';
  const head = ['Connection: close', 'Content-Type: application/json', `Content-Length: ${body.length}`];
  socket.end([`HTTP/1.1 ${status}`, ...head, '', body].join('\r\n'));
}

module.exports = { RuntimeApi };
