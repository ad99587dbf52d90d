import type { GetAccountSettingsResponse } from '@aws-sdk/client-lambda';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { limits } from '../limits.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
export async function getAccountSettings(
  core: Core,
  caller: Caller,
  _input: JsonObject,
): Promise<GetAccountSettingsResponse> {
  const { codeBytes, functionCount } = core.usage.of(caller);
  return {
    AccountLimit: {
      TotalCodeSize: limits.codeStorageBytes,
      CodeSizeUnzipped: limits.codeUnzippedBytes,
      CodeSizeZipped: limits.codeZippedBytes,
      ConcurrentExecutions: limits.concurrentExecutions,
      UnreservedConcurrentExecutions: core.concurrency.unreserved(caller),
    },
    AccountUsage: { TotalCodeSize: codeBytes, FunctionCount: functionCount },
  };
}
