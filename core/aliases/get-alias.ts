import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import { parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { readFunction } from '../functions/lifecycle.ts';
import { validate } from '../validation.ts';
import { aliasNotFound, describeAlias } from './alias-configuration.ts';
import { findAlias } from './find-alias.ts';
import { aliasReferenceModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html */
export async function getAlias(core: Core, caller: Caller, input: JsonObject): Promise<AliasConfiguration> {
  const { FunctionName, Name } = validate(aliasReferenceModel, input);
  const reference = parseUnqualifiedName(core, caller, 'lambda:GetAlias', FunctionName);
  await readFunction(core, reference);
  const alias = await findAlias(core, reference, Name);
  if (!alias) throw aliasNotFound(reference, Name);
  return describeAlias(reference, alias);
}
