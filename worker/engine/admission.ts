import { ServiceError } from '../../core/errors.ts';
import type { ExecutableFunction } from '../../core/functions/executable-function.ts';

/** Invocations that one account may have running at a time (AWS's default quota). */
export const accountConcurrency = 1000;

/** Counts what runs, and refuses what would be too much. Reserved and provisioned concurrency will be decided here. */
export class Admission {
  readonly #running = new Map<string, number>();
  readonly #limit: number;

  constructor(limit = accountConcurrency) {
    this.#limit = limit;
  }

  /**
   * Every admitted invocation must be released.
   * @throws ServiceError TooManyRequestsException
   */
  admit(executable: ExecutableFunction): void {
    const running = this.#running.get(executable.accountId) ?? 0;
    if (running >= this.#limit) {
      throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.', {
        details: { Reason: 'ConcurrentInvocationLimitExceeded' },
      });
    }
    this.#running.set(executable.accountId, running + 1);
  }

  release(executable: ExecutableFunction): void {
    const running = this.#running.get(executable.accountId) ?? 0;
    if (running > 1) this.#running.set(executable.accountId, running - 1);
    else this.#running.delete(executable.accountId);
  }
}
