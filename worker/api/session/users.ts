import type { Core } from '../../../core/core.ts';
import { ServiceError } from '../../../core/errors.ts';
import type { Auth } from './auth.ts';
import { checkNewUser, checkPassword } from './user-name.ts';

type UserRole = 'admin' | 'user';

/** A console user as the registry has it. */
export interface UserRecord {
  id: string;
  name: string;
  accountId: string;
  role: string | null;
  banned: boolean | null;
  createdAt: Date;
}

/** Console users, all accounts together: a name belongs to one account only. */
export interface Users {
  list(accountId: string): Promise<UserRecord[]>;
  /** @throws ServiceError ResourceNotFoundException. */
  find(name: string): Promise<UserRecord>;
  /** @throws ServiceError ValidationException, ResourceConflictException. */
  create(user: {
    name: unknown;
    password: unknown;
    role: UserRole;
    accountId: string;
  }): Promise<{ name: string; password: string }>;
  /** Also ends the user's sessions. @throws ServiceError ValidationException. */
  setPassword(user: UserRecord, password: unknown): Promise<void>;
  /** A disabled user cannot sign in; sessions end and access keys are deactivated. */
  setDisabled(user: UserRecord, disabled: boolean): Promise<void>;
  /** With sessions and access keys. */
  delete(user: UserRecord): Promise<void>;
}

export function createUsers(core: Core, auth: Auth): Users {
  const { db, accessKeys } = core;
  return {
    list: (accountId) => db.user.findMany({ where: { accountId }, orderBy: { name: 'asc' } }),
    async find(name) {
      const user = await db.user.findUnique({ where: { email: emailOf(name) } });
      if (user) return user;
      throw new ServiceError('ResourceNotFoundException', `There is no user ${name}.`);
    },
    async create({ name: nameGiven, password: passwordGiven, role, accountId }) {
      const { name, password } = checkNewUser(nameGiven, passwordGiven);
      if (await db.user.findUnique({ where: { email: emailOf(name) } })) {
        throw new ServiceError('ResourceConflictException', `The user ${name} exists already.`);
      }
      const data = { username: name, accountId };
      await auth.api.createUser({ body: { email: emailOf(name), name, password, role, data } });
      return { name, password };
    },
    async setPassword({ id }, passwordGiven) {
      const context = await auth.$context;
      const hash = await context.password.hash(checkPassword(passwordGiven));
      await context.internalAdapter.updatePassword(id, hash);
      await db.session.deleteMany({ where: { userId: id } });
    },
    async setDisabled({ id, name, accountId }, disabled) {
      if (disabled) {
        for (const { accessKeyId } of accessKeys.list(accountId, name)) {
          await accessKeys.setActive(accessKeyId, false);
        }
      }
      await db.user.update({ where: { id }, data: { banned: disabled } });
      if (disabled) await db.session.deleteMany({ where: { userId: id } });
    },
    async delete({ id, name, accountId }) {
      for (const { accessKeyId } of accessKeys.list(accountId, name)) await accessKeys.delete(accessKeyId);
      await db.user.delete({ where: { id } });
    },
  };
}

/** better-auth wants an address of everybody, in lower case; so names differ in more than case. */
function emailOf(name: string): string {
  return `${name.toLowerCase()}@hearth.invalid`;
}
