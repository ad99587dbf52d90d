import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import { functionArn, parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { ServiceError } from '../errors.ts';
import { readSettled } from '../functions/lifecycle.ts';
import { validate } from '../validation.ts';
import { describeAlias } from './alias-configuration.ts';
import { findTarget } from './alias-target.ts';
import { findAlias } from './find-alias.ts';
import { createAliasModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export async function createAlias(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<AliasConfiguration> {
  const request = validate(createAliasModel, input);
  const { FunctionName, Name: name, FunctionVersion, Description: description = '' } = request;
  const reference = parseUnqualifiedName(core, caller, 'lambda:CreateAlias', FunctionName);
  return core.functions.exclusively(reference.functionArn, async () => {
    const weights = request.RoutingConfig?.AdditionalVersionWeights ?? {};
    const target = await findTarget(core, reference, FunctionVersion, weights);
    if (await findAlias(core, reference, name)) {
      throw new ServiceError(
        'ResourceConflictException',
        `Alias already exists: ${functionArn(reference, name)}`,
      );
    }
    const { id: functionId } = await readSettled(core, reference);
    const alias = { functionId, name, description, ...target, revisionId: core.uuid() };
    await written(core.db.alias.create({ data: alias }));
    return describeAlias(reference, alias);
  });
}
