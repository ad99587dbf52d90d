import type { GetFunctionCodeSigningConfigResponse } from '@aws-sdk/client-lambda';
import { parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { validate } from '../validation.ts';
import { readFunction } from './lifecycle.ts';
import { functionNameModel } from './models.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionCodeSigningConfig.html
 * No function can have one; the empty answer is AWS's to functions without, and what Terraform reads after each apply.
 */
export async function getFunctionCodeSigningConfig(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<Partial<GetFunctionCodeSigningConfigResponse>> {
  const { FunctionName } = validate(functionNameModel, input);
  const reference = parseUnqualifiedName(core, caller, 'lambda:GetFunctionCodeSigningConfig', FunctionName);
  await readFunction(core, reference);
  return {};
}
