import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { checkPassRole } from '../iam/pass-role.ts';
import { checkTotalSize, releaseLayers, resolveLayers } from '../layers/function-layers.ts';
import { validate } from '../validation.ts';
import { changeFunction } from './change-function.ts';
import { sealEnvironment } from './environment-variables.ts';
import { describeFunction } from './function-configuration.ts';
import { settingsColumns } from './function-settings.ts';
import { updateFunctionConfigurationModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html */
export async function updateFunctionConfiguration(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<FunctionConfiguration> {
  const request = validate(updateFunctionConfigurationModel, input);
  const reference = parseUnqualifiedName(
    core,
    caller,
    'lambda:UpdateFunctionConfiguration',
    request.FunctionName,
  );
  const settings = settingsColumns(reference.functionName, request);
  const { Environment, RevisionId } = request;
  if (request.Role !== undefined) await checkPassRole(core, reference.accountId, request.Role);
  const layers = request.Layers && (await resolveLayers(core, caller, request.Layers));
  const { before, after } = await changeFunction(core, reference, RevisionId, (row) => {
    const code = { codeSha256: row.codeSha256, unzippedSize: Number(row.codeUnzippedSize) };
    if (layers) checkTotalSize(core, code, layers);
    return {
      ...settings,
      ...(Environment && { environment: sealEnvironment(core, row.id, Environment.Variables ?? {}) }),
      ...(layers && { layers: JSON.stringify(layers) }),
    };
  });
  if (layers) releaseLayers(core, before);
  return describeFunction(core, after);
}
