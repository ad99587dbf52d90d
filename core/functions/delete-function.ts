import type { DeleteFunctionResponse } from '@aws-sdk/client-lambda';
import { functionNotFound, parseFunctionName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { ServiceError } from '../errors.ts';
import { releaseLayers } from '../layers/function-layers.ts';
import { validate } from '../validation.ts';
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
  await core.functions.exclusively(functionArn, async () => {
    const row = await readSettled(core, reference);
    if (qualifier === '$LATEST') {
      throw new ServiceError(
        'InvalidParameterValueException',
        '$LATEST version cannot be deleted without deleting the function.',
      );
    }
    if (qualifier !== undefined) throw functionNotFound(reference);
    await written(
      core.db.$transaction([
        core.db.function.delete({ where: { id: row.id } }),
        core.db.resourcePolicy.deleteMany({ where: { resource: functionArn } }),
      ]),
    );
    core.policies.forget(functionArn);
    core.usage.add(row, -1, -Number(row.codeSize));
    core.functions.announce(functionArn, null);
    core.codeStore.releaseSoon(row.codeSha256);
    releaseLayers(core, row);
  });
  return {};
}
