import type { GetAccountSettingsResponse } from '@aws-sdk/client-lambda';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';

export async function getAccountSettings(_core: Core, _caller: Caller, _input: JsonObject): Promise<GetAccountSettingsResponse> {
  throw new Error('Not written yet.');
}
