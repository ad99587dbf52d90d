// @ts-check
'use strict';

/**
 * The states of a custom runtime, under the names that the Runtime API's answers use:
 *
 *     Started ─▶ Ready ⇄ Running ─▶ InvocationResponse | InvocationErrorResponse ─▶ RuntimeResponseSentState ─▶ Ready
 *        └─▶ InitError
 *
 * `Ready` from the moment that the runtime asks for an event, `Running` while it has one; a response that is still
 * being received keeps it in one of the two states between. Asking again is allowed: while `Ready` it waits twice,
 * while `Running` it gets the same event again.
 */
const transitions = {
  Started: ['Ready', 'InitError'],
  InitError: [],
  Ready: ['Ready', 'Running'],
  Running: ['Running', 'InvocationResponse', 'InvocationErrorResponse'],
  InvocationResponse: ['RuntimeResponseSentState'],
  InvocationErrorResponse: ['RuntimeResponseSentState'],
  RuntimeResponseSentState: ['Ready'],
};

/** @typedef {keyof typeof transitions} State */

/** Refused with InvalidStateTransition. */
class TransitionError extends Error {
  /**
   * @param {State} from
   * @param {string} to
   */
  constructor(from, to) {
    super(
      `State transition from ${from} to ${to} failed for runtime. Error: State transition is not allowed`,
    );
  }
}

class RuntimeState {
  /** @type {State} */
  #state = 'Started';

  get name() {
    return this.#state;
  }

  /**
   * @param {string} next a state, or the name of one that does not exist here
   * @throws {TransitionError}
   */
  enter(next) {
    /** @type {readonly string[]} */
    const allowed = transitions[this.#state];
    if (!allowed.includes(next)) throw new TransitionError(this.#state, next);
    this.#state = /** @type {State} */ (next);
  }
}

module.exports = { RuntimeState, TransitionError };
