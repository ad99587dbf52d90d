import type { ListFunctionsResponse } from '@aws-sdk/client-lambda';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';

export async function listFunctions(_core: Core, _caller: Caller, _input: JsonObject): Promise<ListFunctionsResponse> {
  throw new Error('Not written yet.');
}
