import type { PutFunctionRecursionConfigResponse } from '@aws-sdk/client-lambda';
import { parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { validate } from '../validation.ts';
import { readFunction } from './lifecycle.ts';
import { putFunctionRecursionConfigModel } from './models.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html
 * Recursive loops are not detected, so letting them run is all that can be asked for.
 */
export async function putFunctionRecursionConfig(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<PutFunctionRecursionConfigResponse> {
  const { FunctionName, RecursiveLoop } = validate(putFunctionRecursionConfigModel, input);
  const reference = parseUnqualifiedName(core, caller, 'lambda:PutFunctionRecursionConfig', FunctionName);
  await readFunction(core, reference);
  if (RecursiveLoop === 'Allow') return { RecursiveLoop };
  throw new ServiceError(
    'InvalidParameterValueException',
    'Hearth does not detect recursive loops yet, so it cannot end them. RecursiveLoop must be Allow.',
  );
}
