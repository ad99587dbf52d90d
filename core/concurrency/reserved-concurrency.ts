import type { PrismaClient } from '../../prisma/generated/client.ts';
import { functionArn } from '../arn.ts';
import { limits } from '../limits.ts';

/** A function, of whichever version. */
interface Owner {
  accountId: string;
  region: string;
  /** Unqualified. */
  functionArn: string;
}

/** What functions have reserved of their accounts' concurrent executions, in memory for every invocation to ask. */
export class ReservedConcurrency {
  /** By unqualified ARN. */
  readonly #reserved = new Map<string, number>();
  /** Of all functions together, by account and region. */
  readonly #totals = new Map<string, number>();

  static async open(db: PrismaClient): Promise<ReservedConcurrency> {
    const concurrency = new ReservedConcurrency();
    const rows = await db.function.findMany({ where: { reservedConcurrency: { not: null } } });
    for (const row of rows) {
      const arn = functionArn({ ...row, functionName: row.name });
      concurrency.set({ ...row, functionArn: arn }, row.reservedConcurrency ?? undefined);
    }
    return concurrency;
  }

  /** How many executions are the function's own, and all that it can have; undefined when none are. */
  of({ functionArn }: Pick<Owner, 'functionArn'>): number | undefined {
    return this.#reserved.get(functionArn);
  }

  /** How many executions are left to the functions of an account that have not reserved any, all together. */
  unreserved({ accountId, region }: Omit<Owner, 'functionArn'>): number {
    return limits.concurrentExecutions - (this.#totals.get(`${accountId}/${region}`) ?? 0);
  }

  /** @param executions undefined: no reservation any more. */
  set(owner: Owner, executions: number | undefined): void {
    const account = `${owner.accountId}/${owner.region}`;
    const total = (this.#totals.get(account) ?? 0) - (this.of(owner) ?? 0) + (executions ?? 0);
    this.#totals.set(account, total);
    if (executions === undefined) this.#reserved.delete(owner.functionArn);
    else this.#reserved.set(owner.functionArn, executions);
  }
}
