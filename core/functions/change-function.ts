import type { Function as FunctionRow, Prisma } from '../../prisma/generated/client.ts';
import type { FunctionReference } from '../arn.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { ServiceError } from '../errors.ts';
import { publishLatest } from '../versions/publish-latest.ts';
import { readSettled, settleSoon, updating } from './lifecycle.ts';

/**
 * Changes a function's columns, as an update that finishes in the background.
 * @param change gets the row as it is, and returns the columns to change.
 * @param revisionId that the client expects; undefined for any.
 * @param publish whether to make a version of the result, which is `after` then.
 * @throws ServiceError ResourceNotFoundException, PreconditionFailedException, CodeStorageExceededException.
 */
export async function changeFunction(
  core: Core,
  reference: FunctionReference,
  revisionId: string | undefined,
  change: (row: FunctionRow) => Prisma.FunctionUpdateInput,
  publish = false,
): Promise<{ before: FunctionRow; after: FunctionRow }> {
  const { functionArn } = reference;
  return core.functions.exclusively(functionArn, async () => {
    const before = await readSettled(core, reference);
    checkRevision(before, revisionId);
    const changed = await written(
      core.db.function.update({
        where: { id: before.id },
        data: {
          ...change(before),
          ...updating,
          revisionId: core.uuid(),
          lastModified: new Date(core.clock.now()),
        },
      }),
    );
    core.usage.add(reference, 0, Number(changed.codeSize - before.codeSize));
    core.functions.forget(functionArn, '$LATEST');
    if (!publish) {
      settleSoon(core, changed);
      return { before, after: changed };
    }
    const { latest, version } = await publishLatest(core, changed);
    settleSoon(core, latest);
    settleSoon(core, version);
    return { before, after: version };
  });
}

/** @throws ServiceError PreconditionFailedException when the client expects another revision. */
export function checkRevision(row: { revisionId: string }, revisionId: string | undefined): void {
  if (revisionId === undefined || revisionId === row.revisionId) return;
  throw new ServiceError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. ' +
      'Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
  );
}
