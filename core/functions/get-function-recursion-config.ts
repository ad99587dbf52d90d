import type { GetFunctionRecursionConfigResponse } from '@aws-sdk/client-lambda';
import { parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { validate } from '../validation.ts';
import { readFunction } from './lifecycle.ts';
import { functionNameModel } from './models.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionRecursionConfig.html
 * Says what is so: recursive loops are not detected. AWS's default is Terminate.
 */
export async function getFunctionRecursionConfig(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<GetFunctionRecursionConfigResponse> {
  const { FunctionName } = validate(functionNameModel, input);
  const reference = parseUnqualifiedName(core, caller, 'lambda:GetFunctionRecursionConfig', FunctionName);
  await readFunction(core, reference);
  return { RecursiveLoop: 'Allow' };
}
