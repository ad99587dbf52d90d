import { randomBytes } from 'node:crypto';
import type { Core } from '../../../core/core.ts';
import type { Route } from '../route.ts';
import { createAuth } from './auth.ts';
import { createFirstAdministrator } from './first-administrator.ts';
import { sessionRoutes } from './session-routes.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createUsers, type Users } from './users.ts';

/** The console's sign-in, ready to be served. */
export interface SignIn {
  sessions: Sessions;
  users: Users;
  routes: Route[];
  /** 256 random bits, in hexadecimal; undefined when there are users already. */
  setupToken: string | undefined;
}

/** Sets sign-in up; while there is no user, with a new token for making the first one. */
export async function createSignIn(core: Core, warn: (text: string) => void): Promise<SignIn> {
  const auth = createAuth(core, warn);
  const isOpen = (await core.db.account.count()) === 0;
  // Without a way to sign in, a user is what a crash left of making the first one.
  if (isOpen) await core.db.user.deleteMany();
  const setupToken = isOpen ? randomBytes(32).toString('hex') : undefined;
  const users = createUsers(core, auth);
  const firstAdministrator = createFirstAdministrator(core, users, setupToken);
  return {
    sessions: createSessions(auth),
    users,
    routes: sessionRoutes(core, auth, firstAdministrator),
    setupToken,
  };
}
