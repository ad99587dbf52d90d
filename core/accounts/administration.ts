import type { Caller } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';

/**
 * Refuses whoever may not manage users and keys of an account. The root and the administrators of an account manage
 * that one; those of the configured account, which is the server's own, manage all.
 * @throws ServiceError AccessDeniedException.
 */
export async function requireAdministrator(core: Core, caller: Caller, accountId: string): Promise<void> {
  const inReach = caller.accountId === accountId || caller.accountId === core.accountId;
  if (inReach && (await isAdministrator(core, caller))) return;
  throw new ServiceError(
    'AccessDeniedException',
    `User: ${caller.arn} is not an administrator of ${accountId}.`,
  );
}

async function isAdministrator(core: Core, { accountId, arn }: Caller): Promise<boolean> {
  if (arn === `arn:aws:iam::${accountId}:root`) return true;
  const name = arn.slice(`arn:aws:iam::${accountId}:user/`.length);
  const user = await core.db.user.findFirst({ where: { accountId, name } });
  return user?.role === 'admin' && !user.banned;
}
