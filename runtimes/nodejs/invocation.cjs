// @ts-check
'use strict';
const { createContext } = require('./context.cjs');
const { RuntimeError } = require('./errors.cjs');

/**
 * @typedef {{ result: string } | { error: unknown }} Outcome
 * @typedef {{ run: () => void, drained: () => void }} Invocation
 *   `drained` is to be called when the event loop has nothing left to do
 */

/**
 * One call of the handler, begun by `run`; `settle` is called once, with the result's JSON or the error.
 * @param {Function} handler
 * @param {unknown} event
 * @param {any} header of the invoke frame
 * @param {boolean} takesCallbacks whether this Node.js release line knows callback handlers
 * @param {(outcome: Outcome) => void} settle
 * @returns {Invocation}
 */
function createInvocation(handler, event, header, takesCallbacks, settle) {
  let settled = false;
  const context = createContext(header);
  if (takesCallbacks) Object.assign(context, { done, succeed, fail });
  const invocation = { run, drained: onNeverSettled };
  return invocation;

  function run() {
    try {
      const returned = takesCallbacks ? handler(event, context, callback) : handler(event, context);
      if (typeof returned?.then === 'function') returned.then(succeed, fail);
      // A handler that takes the callback, or returns nothing, may still answer by callback or context.
      else if (!takesCallbacks || (returned !== undefined && handler.length < 3)) succeed(returned);
    } catch (error) {
      fail(error);
    }
  }

  /** @param {unknown} result */
  function succeed(result) {
    if (settled) return;
    try {
      const text = JSON.stringify(result === undefined ? null : result) ?? 'null';
      settled = true;
      settle({ result: text });
    } catch {
      fail(new Error('Unable to stringify response body'));
    }
  }

  /** @param {unknown} error */
  function fail(error) {
    if (settled) return;
    settled = true;
    settle({ error: takesCallbacks ? (error ?? 'handled') : error });
  }

  /**
   * @param {unknown} error
   * @param {unknown} result
   */
  function done(error, result) {
    if (error === undefined || error === null) succeed(result);
    else fail(error);
  }

  /**
   * The third argument of handlers up to nodejs22.x.
   * @param {unknown} error
   * @param {unknown} [result]
   */
  function callback(error, result) {
    if (settled || invocation.drained !== onNeverSettled) return;
    if ((error === undefined || error === null) && context.callbackWaitsForEmptyEventLoop) {
      invocation.drained = () => succeed(result);
    } else done(error, result);
  }

  /** On Lambda only a handler that is declared `async` fails then; any other answers `null`. */
  function onNeverSettled() {
    if (takesCallbacks && handler.constructor.name !== 'AsyncFunction') succeed(null);
    else {
      fail(neverSettled());
    }
  }
}

/** The error of a handler that nothing can make answer any more. */
function neverSettled() {
  return new RuntimeError(
    'Runtime.NodeJsExit',
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
  );
}

module.exports = { createInvocation, neverSettled };
