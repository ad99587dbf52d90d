import type { Function as FunctionRow } from '../../prisma/generated/client.ts';
import { findAlias } from '../aliases/find-alias.ts';
import { type FunctionReference, functionArn, functionNotFound } from '../arn.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { LATEST, versionName, versionNumber } from '../versions/version-name.ts';

/** Columns of a function that was just created. */
export const creating = {
  state: 'Pending',
  stateReason: 'The function is being created.',
  stateReasonCode: 'Creating',
  lastUpdateStatus: null,
  lastUpdateStatusReason: null,
  lastUpdateStatusReasonCode: null,
};

/** Columns of a function that was just changed; Lambda's own text speaks of creation here too. */
export const updating = {
  lastUpdateStatus: 'InProgress',
  lastUpdateStatusReason: 'The function is being created.',
  lastUpdateStatusReasonCode: 'Creating',
};

/** Columns of a function whose creation or update is done. */
const settled = {
  state: 'Active',
  stateReason: null,
  stateReasonCode: null,
  lastUpdateStatus: 'Successful',
  lastUpdateStatusReason: null,
  lastUpdateStatusReasonCode: null,
};

function isInTransition(row: FunctionRow): boolean {
  return row.state === 'Pending' || row.lastUpdateStatus === 'InProgress';
}

/**
 * Reads a function, its $LATEST, or another of its versions, for a request. A transition is finished first, so no
 * request meets one: Lambda would answer with a 409 or make the client poll, but here it takes a millisecond.
 * @throws ServiceError ResourceNotFoundException.
 */
export async function readFunction(
  core: Core,
  reference: FunctionReference,
  version = LATEST,
): Promise<FunctionRow> {
  const row = await findRow(core, reference, version);
  if (!row) throw functionNotFound(reference);
  if (!isInTransition(row)) return row;
  return core.functions.exclusively(reference.functionArn, () => readSettled(core, reference, version));
}

/**
 * Reads the version of a function that a request means: by its number, or the one that an alias leads to first.
 * @throws ServiceError ResourceNotFoundException.
 */
export async function readVersion(core: Core, reference: FunctionReference): Promise<FunctionRow> {
  const version =
    versionNumber(reference.qualifier) ??
    (await findAlias(core, reference, reference.qualifier))?.functionVersion;
  if (version === undefined) throw functionNotFound(reference);
  return readFunction(core, reference, version);
}

/** `readFunction` for work that runs inside `exclusively` already. */
export async function readSettled(
  core: Core,
  reference: FunctionReference,
  version = LATEST,
): Promise<FunctionRow> {
  const row = await findRow(core, reference, version);
  if (!row) throw functionNotFound(reference);
  return isInTransition(row) ? ((await settle(core, row)) ?? readSettled(core, reference, version)) : row;
}

/** Finishes a function's transition, if it is in one, in the background, unless a request does before. */
export function settleSoon(core: Core, row: FunctionRow): void {
  if (!isInTransition(row)) return;
  const arn = functionArn({ ...row, functionName: row.name });
  core.functions.inBackground(
    () => core.functions.exclusively(arn, async () => void (await settle(core, row))),
    core.reportError,
  );
}

/** Finishes what a crash interrupted. */
export async function settleAll(core: Core): Promise<void> {
  const rows = await core.db.function.findMany({
    where: { OR: [{ state: 'Pending' }, { lastUpdateStatus: 'InProgress' }] },
  });
  for (const row of rows) await settle(core, row);
}

/** Returns the row as it is then; undefined when it is not that revision any more. */
async function settle(core: Core, { id, revisionId }: FunctionRow): Promise<FunctionRow | undefined> {
  const data = { ...settled, revisionId: core.uuid() };
  const [row] = await written(core.db.function.updateManyAndReturn({ where: { id, revisionId }, data }));
  if (row) {
    const arn = functionArn({ ...row, functionName: row.name });
    core.functions.announce(arn, versionName(row.version), row.revisionId);
  }
  return row;
}

function findRow(core: Core, { accountId, region, functionName: name }: FunctionReference, version: number) {
  return core.db.function.findUnique({
    where: { accountId_region_name_version: { accountId, region, name, version } },
  });
}
