import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import { functionArn, parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { ServiceError } from '../errors.ts';
import { checkRevision } from '../functions/change-function.ts';
import { readSettled } from '../functions/lifecycle.ts';
import { validate } from '../validation.ts';
import { describeAlias } from './alias-configuration.ts';
import { findTarget } from './alias-target.ts';
import { findAlias } from './find-alias.ts';
import { updateAliasModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html */
export async function updateAlias(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<AliasConfiguration> {
  const request = validate(updateAliasModel, input);
  const { FunctionName, Name: name, Description } = request;
  const reference = parseUnqualifiedName(core, caller, 'lambda:UpdateAlias', FunctionName);
  return core.functions.exclusively(reference.functionArn, async () => {
    await readSettled(core, reference);
    const before = await findAlias(core, reference, name);
    if (!before) {
      const arn = functionArn(reference, name);
      throw new ServiceError('ResourceNotFoundException', `Alias not found: ${arn}`);
    }
    checkRevision(before, request.RevisionId);
    const current = describeAlias(reference, before);
    const routing = request.RoutingConfig ?? current.RoutingConfig;
    const target = await findTarget(
      core,
      reference,
      request.FunctionVersion ?? String(current.FunctionVersion),
      routing?.AdditionalVersionWeights ?? {},
    );
    const after = await written(
      core.db.alias.update({
        where: { functionId_name: { functionId: before.functionId, name } },
        data: { ...target, description: Description, revisionId: core.uuid() },
      }),
    );
    core.functions.forgetRoutings(reference.functionArn);
    return describeAlias(reference, after);
  });
}
