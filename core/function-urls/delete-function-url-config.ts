import { parseFunctionName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { validate } from '../validation.ts';
import { functionUrlMissing } from './function-url.ts';
import { functionUrlReferenceModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionUrlConfig.html */
export async function deleteFunctionUrlConfig(core: Core, caller: Caller, input: JsonObject): Promise<void> {
  const { FunctionName, Qualifier } = validate(functionUrlReferenceModel, input);
  const reference = parseFunctionName(
    core,
    caller,
    'lambda:DeleteFunctionUrlConfig',
    FunctionName,
    Qualifier,
  );
  await core.functions.exclusively(reference.functionArn, async () => {
    const url = core.functionUrls.of({ ...reference, aliasName: reference.qualifier });
    if (!url) throw functionUrlMissing();
    await core.functionUrls.delete(url);
  });
}
