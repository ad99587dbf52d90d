import type { GetFunctionUrlConfigResponse } from '@aws-sdk/client-lambda';
import { parseFunctionName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { validate } from '../validation.ts';
import { describeFunctionUrl, functionUrlMissing } from './function-url.ts';
import { functionUrlReferenceModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionUrlConfig.html */
export async function getFunctionUrlConfig(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<GetFunctionUrlConfigResponse> {
  const { FunctionName, Qualifier } = validate(functionUrlReferenceModel, input);
  const reference = parseFunctionName(core, caller, 'lambda:GetFunctionUrlConfig', FunctionName, Qualifier);
  const url = core.functionUrls.of({ ...reference, aliasName: reference.qualifier });
  if (!url) throw functionUrlMissing();
  return describeFunctionUrl(url, caller);
}
