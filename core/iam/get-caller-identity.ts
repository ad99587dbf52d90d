import { createHash } from 'node:crypto';
import type { GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import { idCharacters } from '../aws-id.ts';
import type { Caller } from '../caller.ts';
import type { Core } from '../core.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export async function getCallerIdentity(
  _core: Core,
  { accountId, arn }: Caller,
): Promise<GetCallerIdentityResponse> {
  return { UserId: arn.endsWith(':root') ? accountId : userId(arn), Account: accountId, Arn: arn };
}

/** The same for a user as long as its name is: AIDA and 17 characters. */
function userId(arn: string): string {
  const digest = createHash('sha256').update(arn).digest().subarray(0, 17);
  return `AIDA${[...digest].map((byte) => idCharacters[byte % idCharacters.length]).join('')}`;
}
