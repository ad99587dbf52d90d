import type { IncomingMessage } from 'node:http';
import { type Auth, cookiePrefix } from './auth.ts';

/** Somebody who is signed in to the console. */
export interface ConsoleUser {
  name: string;
  role: string;
  accountId: string;
  /** `arn:aws:iam::<account>:user/<name>` */
  arn: string;
}

export interface Sessions {
  /** Who the session cookie of a request belongs to; undefined without a cookie, or with one that has ended. */
  find(message: IncomingMessage): Promise<ConsoleUser | undefined>;
}

export function createSessions(auth: Auth): Sessions {
  return {
    async find(message) {
      const { cookie } = message.headers;
      if (!cookie?.includes(`${cookiePrefix}.session_token=`)) return undefined;
      // Only GET /auth/me prolongs a session: this answer has no place for a cookie.
      const session = await auth.api.getSession({
        headers: new Headers({ cookie }),
        query: { disableRefresh: true },
      });
      return session ? consoleUser(session.user) : undefined;
    },
  };
}

/** @param user as better-auth has it */
export function consoleUser(user: { name: string; accountId: string; role?: string | null }): ConsoleUser {
  const { name, accountId } = user;
  return { name, role: user.role ?? 'user', accountId, arn: `arn:aws:iam::${accountId}:user/${name}` };
}
