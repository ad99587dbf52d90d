import { ServiceError } from '../../core/errors.ts';
import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import { limits } from '../../core/limits.ts';

/** Who may have how many invocations running at a time. */
export interface ConcurrencyQuotas {
  /** Those that are the function's own, and all that it can have; undefined when none are. */
  of(executable: ExecutableFunction): number | undefined;
  /** Those that an account's other functions share. */
  unreserved(executable: ExecutableFunction): number;
}

const defaultQuotas: ConcurrencyQuotas = {
  of: () => undefined,
  unreserved: () => limits.concurrentExecutions,
};

/** An admitted invocation, by what it counts against: a function that has reserved concurrency, or an account. */
export type Admitted = string;

/** Counts what runs, and refuses what would be too much. */
export class Admission {
  readonly #running = new Map<Admitted, number>();
  readonly #quotas: ConcurrencyQuotas;

  constructor(quotas = defaultQuotas) {
    this.#quotas = quotas;
  }

  /**
   * Every admitted invocation must be released. What runs already goes on counting against what it was admitted by when
   * a reservation changes.
   * @throws ServiceError TooManyRequestsException
   */
  admit(executable: ExecutableFunction): Admitted {
    const reserved = this.#quotas.of(executable);
    const admitted = reserved === undefined ? executable.accountId : executable.functionArn;
    const running = this.#running.get(admitted) ?? 0;
    if (running >= (reserved ?? this.#quotas.unreserved(executable))) {
      const reason = 'ConcurrentInvocationLimitExceeded';
      throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.', {
        details: { Reason: reserved === undefined ? reason : `ReservedFunction${reason}` },
      });
    }
    this.#running.set(admitted, running + 1);
    return admitted;
  }

  release(admitted: Admitted): void {
    const running = this.#running.get(admitted) ?? 0;
    if (running > 1) this.#running.set(admitted, running - 1);
    else this.#running.delete(admitted);
  }
}
