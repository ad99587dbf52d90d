import { createHash, timingSafeEqual } from 'node:crypto';
import type { Core } from '../../../core/core.ts';
import { ServiceError } from '../../../core/errors.ts';
import { checkNewUser } from './user-name.ts';
import type { Users } from './users.ts';

/** The way in while there is no user: a token, good for one administrator, until used or until the next start. */
export interface FirstAdministrator {
  /** Whether it can still be made. */
  isOpen(): boolean;
  /**
   * Makes the administrator.
   * @throws ServiceError AccessDeniedException when the token is wrong or was used; ValidationException.
   */
  create(token: unknown, name: unknown, password: unknown): Promise<{ name: string; password: string }>;
}

/** @param token undefined when there are users already */
export function createFirstAdministrator(
  core: Core,
  users: Users,
  token: string | undefined,
): FirstAdministrator {
  // Only the hash is kept. It is taken away before the first wait, so that two requests cannot both use it.
  let expected = token === undefined ? undefined : sha256(token);
  return {
    isOpen: () => expected !== undefined,
    async create(given, nameGiven, passwordGiven) {
      const hash = expected;
      if (!hash || typeof given !== 'string' || !timingSafeEqual(sha256(given), hash)) {
        throw new ServiceError(
          'AccessDeniedException',
          'This set-up link is not valid. It works once, until Hearth is restarted; the newest one is in its output.',
        );
      }
      const { name, password } = checkNewUser(nameGiven, passwordGiven);
      expected = undefined;
      try {
        await users.create({ name, password, role: 'admin', accountId: core.accountId });
      } catch (error) {
        expected = hash;
        throw error;
      }
      return { name, password };
    },
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
