import type { GetFunctionConcurrencyRequest, PutFunctionConcurrencyRequest } from '@aws-sdk/client-lambda';
import { functionName } from '../functions/models.ts';
import { integer, structure } from '../model.ts';

export const putFunctionConcurrencyModel = structure<PutFunctionConcurrencyRequest>()({
  FunctionName: functionName,
  ReservedConcurrentExecutions: integer({ min: 0, max: 2 ** 31 - 1 }),
});

/** What GetFunctionConcurrency and DeleteFunctionConcurrency name a function by. */
export const functionConcurrencyModel = structure<GetFunctionConcurrencyRequest>()({
  FunctionName: functionName,
});
