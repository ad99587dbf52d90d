import type { UpdateFunctionUrlConfigResponse } from '@aws-sdk/client-lambda';
import { parseFunctionName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { validate } from '../validation.ts';
import { describeFunctionUrl, functionMissing, functionUrlMissing } from './function-url.ts';
import { updateFunctionUrlConfigModel } from './models.ts';
import { readTarget } from './read-target.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionUrlConfig.html */
export async function updateFunctionUrlConfig(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<UpdateFunctionUrlConfigResponse> {
  const { FunctionName, Qualifier, AuthType, Cors, InvokeMode } = validate(
    updateFunctionUrlConfigModel,
    input,
  );
  const reference = parseFunctionName(
    core,
    caller,
    'lambda:UpdateFunctionUrlConfig',
    FunctionName,
    Qualifier,
  );
  return core.functions.exclusively(reference.functionArn, async () => {
    const functionId = await readTarget(core, reference);
    if (!functionId) throw functionMissing();
    const before = core.functionUrls.of({ ...reference, aliasName: reference.qualifier });
    if (!before) throw functionUrlMissing();
    const after = {
      ...before,
      authType: AuthType ?? before.authType,
      invokeMode: InvokeMode ?? before.invokeMode,
      cors: Cors ?? before.cors,
      lastModifiedTime: new Date(core.clock.now()),
    };
    await core.functionUrls.set(functionId, after);
    return describeFunctionUrl(after, caller);
  });
}
