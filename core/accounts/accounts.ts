import { randomInt } from 'node:crypto';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import type { JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { ServiceError } from '../errors.ts';
import { maxLength, minLength, pattern, structure, text } from '../model.ts';
import { validate } from '../validation.ts';

/** An AWS account of this server: everything in it is its own. */
export interface AccountDescription {
  /** 12 digits. */
  accountId: string;
  name: string;
  /** ISO 8601. */
  createdAt: string;
}

const createAccountModel = structure<{ accountId?: string; name: string }>()({
  accountId: text(pattern('\\d{12}')).optional(),
  name: text(minLength(1), maxLength(50)),
});

/** Makes sure that the account of the configuration exists. */
export async function ensureAccount(db: PrismaClient, id: string, now: number): Promise<void> {
  if (await db.awsAccount.findUnique({ where: { id } })) return;
  await db.awsAccount.create({ data: { id, name: 'Hearth', createdAt: new Date(now) } });
}

/**
 * Makes an account, with the id that is asked for or a new one.
 * @throws ServiceError ValidationException, ResourceConflictException.
 */
export async function createAccount(core: Core, input: JsonObject): Promise<AccountDescription> {
  const { name, accountId } = validate(createAccountModel, input);
  const id = accountId ?? String(randomInt(1e11, 1e12));
  if (await core.db.awsAccount.findUnique({ where: { id } })) {
    throw new ServiceError('ResourceConflictException', `The account ${id} exists already.`);
  }
  const createdAt = new Date(core.clock.now());
  await written(core.db.awsAccount.create({ data: { id, name, createdAt } }));
  return { accountId: id, name, createdAt: createdAt.toISOString() };
}

/** All accounts, by id. */
export async function listAccounts(core: Core): Promise<AccountDescription[]> {
  const rows = await core.db.awsAccount.findMany({ orderBy: { id: 'asc' } });
  return rows.map(({ id, name, createdAt }) => ({ accountId: id, name, createdAt: createdAt.toISOString() }));
}

/** @throws ServiceError ResourceNotFoundException. */
export async function requireAccount(core: Core, id: string): Promise<void> {
  if (await core.db.awsAccount.findUnique({ where: { id } })) return;
  throw new ServiceError('ResourceNotFoundException', `There is no account ${id}.`);
}
