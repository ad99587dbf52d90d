import type { PrismaClient, AccessKey as Row } from '../../prisma/generated/client.ts';
import { randomText } from '../aws-id.ts';
import type { Clock } from '../clock.ts';
import type { Vault } from '../vault.ts';

/** An access key as request authentication needs it. */
export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
  accountId: string;
  /** Undefined for the account's root. */
  userName: string | undefined;
  /** Of the principal that it signs for: `arn:aws:iam::<account>:root` or `…:user/<name>`. */
  arn: string;
  active: boolean;
  /** Milliseconds since the epoch. */
  createdAt: number;
}

/** What the registry of access keys is built from. */
export interface AccessKeyRegistryOptions {
  db: PrismaClient;
  vault: Vault;
  clock: Clock;
  accountId: string;
  /** Undefined: the one that was generated at first start. */
  rootAccessKey: { accessKeyId: string; secretAccessKey: string } | undefined;
}

/** All access keys in memory, for every request to be authenticated without a database call. */
export class AccessKeyRegistry {
  readonly #options: AccessKeyRegistryOptions;
  readonly #keys = new Map<string, AccessKey>();
  #root: AccessKey | undefined;

  private constructor(options: AccessKeyRegistryOptions) {
    this.#options = options;
  }

  static async open(options: AccessKeyRegistryOptions): Promise<AccessKeyRegistry> {
    const registry = new AccessKeyRegistry(options);
    const { accountId, rootAccessKey } = options;
    for (const row of await options.db.accessKey.findMany()) {
      // A root key of the configuration takes the place of a generated one.
      if (row.userName === null && row.accountId === accountId && rootAccessKey) continue;
      registry.#remember(row);
    }
    if (rootAccessKey) {
      const root = { ...rootAccessKey, accountId, userName: undefined, active: true, createdAt: 0 };
      registry.#root = { ...root, arn: principalArn(accountId, undefined) };
      registry.#keys.set(rootAccessKey.accessKeyId, registry.#root);
    } else {
      const kept = registry.list(accountId, undefined)[0];
      registry.#root = kept ?? (await registry.create(accountId, undefined));
    }
    return registry;
  }

  /** The key pair of the configured account's root, for the operator's eyes. */
  get root(): AccessKey {
    if (!this.#root) throw new Error('The registry is not open.');
    return this.#root;
  }

  find(accessKeyId: string): AccessKey | undefined {
    return this.#keys.get(accessKeyId);
  }

  /** The keys of one user, or of the account's root, oldest first. */
  list(accountId: string, userName: string | undefined): AccessKey[] {
    return [...this.#keys.values()]
      .filter((key) => key.accountId === accountId && key.userName === userName)
      .sort((a, b) => a.createdAt - b.createdAt);
  }

  /** Makes a key pair: AKIA and 16 letters and digits, and a secret of 40. */
  async create(accountId: string, userName: string | undefined): Promise<AccessKey> {
    const id = `AKIA${randomText(16)}`;
    const secret = randomText(40, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
    const row = await this.#options.db.accessKey.create({
      data: {
        id,
        accountId,
        userName: userName ?? null,
        secret: this.#options.vault.encrypt(secret, secretContext(id)),
        active: true,
        createdAt: new Date(this.#options.clock.now()),
      },
    });
    return this.#remember(row);
  }

  /** Lets a key sign requests, or no longer. @throws Error when there is no such key. */
  async setActive(accessKeyId: string, active: boolean): Promise<void> {
    this.#remember(await this.#options.db.accessKey.update({ where: { id: accessKeyId }, data: { active } }));
  }

  /** Whether there was such a key. */
  async delete(accessKeyId: string): Promise<boolean> {
    const { count } = await this.#options.db.accessKey.deleteMany({ where: { id: accessKeyId } });
    this.#keys.delete(accessKeyId);
    return count > 0;
  }

  #remember(row: Row): AccessKey {
    const userName = row.userName ?? undefined;
    const key = {
      accessKeyId: row.id,
      secretAccessKey: this.#options.vault.decrypt(row.secret, secretContext(row.id)),
      accountId: row.accountId,
      userName,
      arn: principalArn(row.accountId, userName),
      active: row.active,
      createdAt: row.createdAt.getTime(),
    };
    this.#keys.set(key.accessKeyId, key);
    return key;
  }
}

function principalArn(accountId: string, userName: string | undefined): string {
  return `arn:aws:iam::${accountId}:${userName === undefined ? 'root' : `user/${userName}`}`;
}

function secretContext(accessKeyId: string): string {
  return `access-key/${accessKeyId}/secret`;
}
