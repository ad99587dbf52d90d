import type { GetFunctionResponse } from '@aws-sdk/client-lambda';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';

export async function getFunction(_core: Core, _caller: Caller, _input: JsonObject): Promise<GetFunctionResponse> {
  throw new Error('Not written yet.');
}
