import type { GetFunctionConcurrencyResponse } from '@aws-sdk/client-lambda';
import { parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { readFunction } from '../functions/lifecycle.ts';
import { validate } from '../validation.ts';
import { functionConcurrencyModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html */
export async function getFunctionConcurrency(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<GetFunctionConcurrencyResponse> {
  const { FunctionName } = validate(functionConcurrencyModel, input);
  const reference = parseUnqualifiedName(core, caller, 'lambda:GetFunctionConcurrency', FunctionName);
  await readFunction(core, reference);
  const executions = core.concurrency.of(reference);
  return executions === undefined ? {} : { ReservedConcurrentExecutions: executions };
}
