import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { checkTotalSize, readFunctionLayers } from '../layers/function-layers.ts';
import { validate } from '../validation.ts';
import { versionName } from '../versions/version-name.ts';
import { changeFunction, checkRevision } from './change-function.ts';
import { packageColumns, requireZip } from './code-columns.ts';
import { describeFunction } from './function-configuration.ts';
import { checkArchitectures } from './function-settings.ts';
import { readFunction } from './lifecycle.ts';
import { updateFunctionCodeModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html */
export async function updateFunctionCode(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<FunctionConfiguration> {
  const request = validate(updateFunctionCodeModel, input);
  const reference = parseUnqualifiedName(core, caller, 'lambda:UpdateFunctionCode', request.FunctionName);
  if (request.ImageUri !== undefined) {
    throw new ServiceError(
      'InvalidParameterValueException',
      "Please don't provide ImageUri when updating a function with packageType Zip.",
    );
  }
  const zip = requireZip(request.ZipFile);
  checkArchitectures(request.Architectures);
  // Before the package is unpacked for nothing.
  const current = await readFunction(core, reference);
  checkRevision(current, request.RevisionId);
  core.usage.checkRoom(current, (request.Publish ? 2 : 1) * zip.length - Number(current.codeSize));
  using stored = await core.codeStore.store(zip);
  checkTotalSize(core, stored, readFunctionLayers(current));
  if (request.DryRun) {
    core.codeStore.releaseSoon(stored.codeSha256);
    return describeFunction(core, { ...current, ...packageColumns(stored) });
  }
  const { before, after } = await changeFunction(
    core,
    reference,
    request.RevisionId,
    () => packageColumns(stored),
    request.Publish,
  );
  core.codeStore.releaseSoon(before.codeSha256);
  return describeFunction(core, after, request.Publish ? versionName(after.version) : undefined);
}
