import type { GetRuntimeManagementConfigResponse } from '@aws-sdk/client-lambda';
import { functionArn, parseFunctionName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { validate } from '../validation.ts';
import { readVersion } from './lifecycle.ts';
import { functionReferenceModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetRuntimeManagementConfig.html */
export async function getRuntimeManagementConfig(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<GetRuntimeManagementConfigResponse> {
  const { FunctionName, Qualifier } = validate(functionReferenceModel, input);
  const action = 'lambda:GetRuntimeManagementConfig';
  const reference = parseFunctionName(core, caller, action, FunctionName, Qualifier);
  await readVersion(core, reference);
  return { UpdateRuntimeOn: 'Auto', FunctionArn: functionArn(reference, reference.qualifier) };
}
