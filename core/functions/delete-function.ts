import type { DeleteFunctionResponse } from '@aws-sdk/client-lambda';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';

export async function deleteFunction(_core: Core, _caller: Caller, _input: JsonObject): Promise<DeleteFunctionResponse> {
  throw new Error('Not written yet.');
}
