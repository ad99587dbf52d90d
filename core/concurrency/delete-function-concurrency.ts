import { parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { validate } from '../validation.ts';
import { functionConcurrencyModel } from './models.ts';
import { writeReservation } from './write-reservation.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html */
export async function deleteFunctionConcurrency(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<object> {
  const { FunctionName } = validate(functionConcurrencyModel, input);
  const reference = parseUnqualifiedName(core, caller, 'lambda:DeleteFunctionConcurrency', FunctionName);
  await writeReservation(core, reference, undefined);
  return {};
}
