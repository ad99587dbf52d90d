import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';

export async function updateFunctionCode(_core: Core, _caller: Caller, _input: JsonObject): Promise<FunctionConfiguration> {
  throw new Error('Not written yet.');
}
