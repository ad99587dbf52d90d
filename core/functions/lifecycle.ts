import type { Function as FunctionRow } from '../../prisma/generated/client.ts';
import { type FunctionReference, functionArn, functionNotFound } from '../arn.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';

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
 * Reads a function for a request. A transition is finished first, so no request meets one: Lambda would answer
 * with a 409 or make the client poll, but here it takes a millisecond.
 * @throws ServiceError ResourceNotFoundException.
 */
export async function readFunction(core: Core, reference: FunctionReference): Promise<FunctionRow> {
  const row = await findRow(core, reference);
  if (!row) throw functionNotFound(reference);
  if (!isInTransition(row)) return row;
  return core.functions.exclusively(reference.functionArn, () => readSettled(core, reference));
}

/**
 * Reads the version of a function that a request means; only $LATEST exists.
 * @throws ServiceError ResourceNotFoundException.
 */
export async function readVersion(core: Core, reference: FunctionReference): Promise<FunctionRow> {
  const row = await readFunction(core, reference);
  if (reference.qualifier === undefined || reference.qualifier === '$LATEST') return row;
  throw functionNotFound(reference);
}

/** `readFunction` for work that runs inside `exclusively` already. */
export async function readSettled(core: Core, reference: FunctionReference): Promise<FunctionRow> {
  const row = await findRow(core, reference);
  if (!row) throw functionNotFound(reference);
  return isInTransition(row) ? ((await settle(core, row)) ?? readSettled(core, reference)) : row;
}

/** Finishes a function's transition in the background, unless a request does before. */
export function settleSoon(core: Core, row: FunctionRow): void {
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
  if (row) core.functions.announce(functionArn({ ...row, functionName: row.name }), row.revisionId);
  return row;
}

function findRow(core: Core, { accountId, region, functionName }: FunctionReference) {
  return core.db.function.findUnique({
    where: { accountId_region_name_version: { accountId, region, name: functionName, version: 0 } },
  });
}
