import type { Concurrency } from '@aws-sdk/client-lambda';
import { onlyFunctions, parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { limits } from '../limits.ts';
import { validate } from '../validation.ts';
import { putFunctionConcurrencyModel } from './models.ts';
import { writeReservation } from './write-reservation.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html
 * 0 turns the function off.
 */
export async function putFunctionConcurrency(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<Concurrency> {
  const { FunctionName, ReservedConcurrentExecutions } = validate(putFunctionConcurrencyModel, input);
  const reference = parseUnqualifiedName(core, caller, 'lambda:PutFunctionConcurrency', FunctionName);
  // Here not even $LATEST may be named, but a missing function is reported by that name.
  if (reference.qualifier !== undefined) throw onlyFunctions();
  const latest = { ...reference, qualifier: '$LATEST' };
  await writeReservation(core, latest, ReservedConcurrentExecutions, (current = 0) => {
    const left = core.concurrency.unreserved(reference) + current - ReservedConcurrentExecutions;
    if (left >= limits.unreservedConcurrentExecutions) return;
    throw new ServiceError(
      'InvalidParameterValueException',
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution " +
        `below its minimum value of [${limits.unreservedConcurrentExecutions}].`,
    );
  });
  return { ReservedConcurrentExecutions };
}
