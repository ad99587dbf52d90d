// @ts-check
'use strict';

const { types } = require('node:util');

/** An error that the runtime itself reports; `type` is Lambda's, such as `Runtime.HandlerNotFound`. */
class RuntimeError extends Error {
  /**
   * @param {string} type
   * @param {string} message
   * @param {string} [stack] of the error that this one stands for
   */
  constructor(type, message, stack) {
    super(message);
    this.name = type;
    if (stack !== undefined) this.stack = stack;
  }
}

/**
 * The error object that a caller receives.
 * @param {unknown} error
 * @returns {{ errorType: string, errorMessage: string, trace: string[] }}
 */
function toErrorResult(error) {
  try {
    if (isErrorLike(error)) {
      return { errorType: error.name, errorMessage: error.message, trace: error.stack.split('\n') };
    }
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
      trace: [],
    };
  }
}

/**
 * The JSON with which an error is logged: type, message, code, own members, and the stack as lines.
 * @param {unknown} thrown
 */
function toLogText(thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  try {
    return JSON.stringify(error, (_name, value) => (value instanceof Error ? members(value) : value));
  } catch {
    return JSON.stringify(toErrorResult(error));
  }
}

/** @param {Error & { code?: unknown }} error */
function members(error) {
  const stack = typeof error.stack === 'string' ? error.stack.split('\n') : undefined;
  return { errorType: error.name, errorMessage: error.message, code: error.code, ...error, stack };
}

/**
 * @param {any} value
 * @returns {value is { name: string, message: string, stack: string }}
 */
function isErrorLike(value) {
  if (types.isNativeError(value)) return true;
  return (
    typeof value === 'object' &&
    value !== null &&
    [value.name, value.message, value.stack].every((member) => typeof member === 'string' && member !== '')
  );
}

module.exports = { RuntimeError, toErrorResult, toLogText };
