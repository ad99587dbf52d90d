import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { parseFunctionName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { validate } from '../validation.ts';
import { describeFunction } from './function-configuration.ts';
import { readVersion } from './lifecycle.ts';
import { functionReferenceModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export async function getFunctionConfiguration(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<FunctionConfiguration> {
  const { FunctionName, Qualifier } = validate(functionReferenceModel, input);
  const reference = parseFunctionName(
    core,
    caller,
    'lambda:GetFunctionConfiguration',
    FunctionName,
    Qualifier,
  );
  return describeFunction(core, await readVersion(core, reference), reference.qualifier);
}
