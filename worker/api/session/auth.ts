import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { admin } from 'better-auth/plugins/admin';
import { username } from 'better-auth/plugins/username';
import type { Core } from '../../../core/core.ts';
import { longestPassword, longestUserName, shortestPassword, userNamePattern } from './user-name.ts';

/** Carries the client's address to better-auth; set here and taken from no client. */
export const clientAddressHeader = 'x-hearth-client-address';
export const cookiePrefix = 'hearth';

export type Auth = ReturnType<typeof createAuth>;

/**
 * better-auth, as Hearth uses it: names and passwords, sessions in the registry.
 * @param warn takes what better-auth has to say to the operator
 */
export function createAuth(core: Core, warn: (text: string) => void) {
  return betterAuth({
    appName: 'Hearth',
    // Only its path counts: which host the browser calls is judged by the origin check, before this.
    baseURL: 'http://localhost',
    basePath: '/auth',
    // Signs the cookies.
    secret: core.vault.deriveKey('session cookies').toString('hex'),
    database: prismaAdapter(core.db, { provider: 'sqlite' }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
    },
    user: { additionalFields: { accountId: { type: 'string', required: true, input: false } } },
    plugins: [
      username({
        minUsernameLength: 1,
        maxUsernameLength: longestUserName,
        usernameValidator: (name) => userNamePattern.test(name),
      }),
      admin(),
    ],
    // Counted per address, in the registry: a restart forgives nothing. What guesses nothing is not counted.
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: {
        '/sign-in/username': { window: 60, max: 10 },
        '/get-session': false,
        '/sign-out': false,
      },
    },
    advanced: {
      cookiePrefix,
      useSecureCookies: false,
      disableCSRFCheck: true,
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      database: { generateId: () => core.uuid() },
    },
    logger: {
      level: 'error',
      log: (_level, message) => warn(`Console sign-in: ${message}`),
    },
    telemetry: { enabled: false },
  });
}
