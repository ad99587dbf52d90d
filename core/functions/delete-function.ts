import type { DeleteFunctionResponse } from '@aws-sdk/client-lambda';
import type { Function as FunctionRow } from '../../prisma/generated/client.ts';
import { type FunctionReference, parseFunctionName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { ServiceError } from '../errors.ts';
import { releaseLayers } from '../layers/function-layers.ts';
import { validate } from '../validation.ts';
import { LATEST, versionName, versionNumber } from '../versions/version-name.ts';
import { readSettled } from './lifecycle.ts';
import { functionReferenceModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html */
export async function deleteFunction(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<DeleteFunctionResponse> {
  const { FunctionName, Qualifier } = validate(functionReferenceModel, input);
  const reference = parseFunctionName(core, caller, 'lambda:DeleteFunction', FunctionName, Qualifier);
  const { functionArn, qualifier } = reference;
  const version = versionNumber(qualifier);
  await core.functions.exclusively(functionArn, async () => {
    await readSettled(core, reference);
    if (qualifier === undefined) await deleteAll(core, reference);
    else if (version === LATEST)
      throw refusal('$LATEST version cannot be deleted without deleting the function.');
    else if (/^\d+$/.test(qualifier)) await deleteVersion(core, reference, version);
    else throw refusal('Deletion of aliases is not currently supported.');
  });
  return {};
}

/** With its versions, aliases and policies. */
async function deleteAll(core: Core, reference: FunctionReference): Promise<void> {
  const { accountId, region, functionName: name, functionArn } = reference;
  const where = { accountId, region, name };
  const rows = await core.db.function.findMany({ where });
  await written(
    core.db.$transaction([
      core.db.function.deleteMany({ where }),
      core.db.resourcePolicy.deleteMany({ where: { resource: functionArn } }),
    ]),
  );
  core.policies.forget(functionArn);
  core.functionUrls.forgetFunction(functionArn);
  core.functions.forgetRoutings(functionArn);
  core.concurrency.set(reference, undefined);
  core.usage.add(reference, -1, 0);
  for (const row of rows) release(core, functionArn, row);
}

/** A version that is not there is deleted already. */
async function deleteVersion(core: Core, reference: FunctionReference, version = -1): Promise<void> {
  const { accountId, region, functionName: name, functionArn, qualifier } = reference;
  const row = await core.db.function.findUnique({
    where: { accountId_region_name_version: { accountId, region, name, version } },
  });
  if (!row) return;
  const aliases = await core.db.alias.findMany({
    where: {
      function: { accountId, region, name },
      OR: [{ functionVersion: version }, { additionalVersion: version }],
    },
    orderBy: { name: 'asc' },
  });
  if (aliases.length > 0) {
    const names = aliases.map((alias) => alias.name).join(', ');
    throw new ServiceError(
      'ResourceConflictException',
      `Unable to delete version because the following aliases reference it: [${names}]`,
    );
  }
  await written(core.db.function.delete({ where: { id: row.id } }));
  await core.policies.set({ resource: functionArn, qualifier }, { statements: [], revisionId: '' });
  release(core, functionArn, row);
}

/** Gives up what a deleted version kept. */
function release(core: Core, functionArn: string, row: FunctionRow): void {
  core.usage.add(row, 0, -Number(row.codeSize));
  core.functions.announce(functionArn, versionName(row.version), null);
  core.codeStore.releaseSoon(row.codeSha256);
  releaseLayers(core, row);
}

function refusal(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', message);
}
