import type { FunctionReference } from '../arn.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { readSettled } from '../functions/lifecycle.ts';

/**
 * Changes what a function has reserved; undefined for nothing.
 * @param check gets what it has now, and throws when that may not change.
 * @throws ServiceError ResourceNotFoundException.
 */
export async function writeReservation(
  core: Core,
  reference: FunctionReference,
  executions: number | undefined,
  check?: (current: number | undefined) => void,
): Promise<void> {
  await core.functions.exclusively(reference.functionArn, async () => {
    const { id } = await readSettled(core, reference);
    const current = core.concurrency.of(reference);
    check?.(current);
    // Before the database, so that nobody else is promised the same executions meanwhile.
    core.concurrency.set(reference, executions);
    const data = { reservedConcurrency: executions ?? null };
    await written(core.db.function.update({ where: { id }, data })).catch((error: unknown) => {
      core.concurrency.set(reference, current);
      throw error;
    });
  });
}
