import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
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
  const { after } = await changeFunction(core, reference, RevisionId, ({ id }) => ({
    ...settings,
    ...(Environment && { environment: sealEnvironment(core, id, Environment.Variables ?? {}) }),
  }));
  return describeFunction(core, after);
}
