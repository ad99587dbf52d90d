import { parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { readSettled } from '../functions/lifecycle.ts';
import { validate } from '../validation.ts';
import { aliasReferenceModel } from './models.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html
 * An alias that is not there is deleted already.
 */
export async function deleteAlias(core: Core, caller: Caller, input: JsonObject): Promise<object> {
  const { FunctionName, Name: name } = validate(aliasReferenceModel, input);
  const reference = parseUnqualifiedName(core, caller, 'lambda:DeleteAlias', FunctionName);
  const { functionArn } = reference;
  await core.functions.exclusively(functionArn, async () => {
    const { id: functionId } = await readSettled(core, reference);
    // First, so that a crash in between cannot leave its policy to another alias of the name.
    await core.policies.set({ resource: functionArn, qualifier: name }, { statements: [], revisionId: '' });
    await written(core.db.alias.deleteMany({ where: { functionId, name } }));
    core.functions.forgetRoutings(functionArn);
    core.functionUrls.forget({ ...reference, aliasName: name });
  });
  return {};
}
