import type { PrismaClient } from '../prisma/generated/client.ts';
import { AccessKeyRegistry } from './access-keys/access-key-registry.ts';
import { ensureAccount } from './accounts/accounts.ts';
import type { Clock } from './clock.ts';
import { CodeLinks } from './code/code-links.ts';
import { CodeStore } from './code/code-store.ts';
import { isPackageReferenced, referencedPackages } from './code/package-references.ts';
import { ReservedConcurrency } from './concurrency/reserved-concurrency.ts';
import { lockDataDirectory } from './data-directory.ts';
import { openDatabase } from './db.ts';
import { FunctionUrlRegistry } from './function-urls/function-url-registry.ts';
import { AccountUsage } from './functions/account-usage.ts';
import { FunctionRegistry } from './functions/function-registry.ts';
import { settleAll } from './functions/lifecycle.ts';
import { migrate } from './migrations.ts';
import { ResourcePolicies } from './permissions/resource-policies.ts';
import { openVault, type Vault } from './vault.ts';

/** What `openCore` is told; everything that differs between servers and tests. */
export interface CoreOptions {
  /** Absolute path; created when missing. */
  dataDirectory: string;
  /** The account of the root access key, 12 digits. */
  accountId: string;
  /** The one region that this server is. */
  region: string;
  /** Undefined: generate one and keep it. */
  rootAccessKey: { accessKeyId: string; secretAccessKey: string } | undefined;
  /** Whether a function's role must exist and trust Lambda; false when absent. */
  checksPassRole?: boolean;
  clock: Clock;
  /** A new random UUID. */
  uuid(): string;
  /** 0 to less than 1, evenly distributed. */
  random(): number;
  /** Takes errors of background work that no request can receive. */
  reportError(error: unknown): void;
}

/** The control plane, open: what every verb needs. */
export interface Core {
  readonly accountId: string;
  readonly region: string;
  readonly checksPassRole: boolean;
  readonly db: PrismaClient;
  readonly vault: Vault;
  readonly codeStore: CodeStore;
  readonly codeLinks: CodeLinks;
  /** What is known of functions in memory, and who wants to know of their changes. */
  readonly functions: FunctionRegistry;
  readonly functionUrls: FunctionUrlRegistry;
  /** How much every account keeps. */
  readonly usage: AccountUsage;
  /** What functions have reserved of their accounts' concurrent executions. */
  readonly concurrency: ReservedConcurrency;
  readonly accessKeys: AccessKeyRegistry;
  /** What functions and layers allow to other accounts and to services. */
  readonly policies: ResourcePolicies;
  readonly clock: Clock;
  uuid(): string;
  random(): number;
  reportError(error: unknown): void;
  /** Finishes background work and gives the data directory up. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Opens the data directory: locks it, migrates the registry, repairs what a crash left behind.
 * @throws DataDirectoryError when another worker holds the directory; MigrationError when the registry is of a
 *   newer Hearth.
 */
export async function openCore(options: CoreOptions): Promise<Core> {
  const { clock, accountId, region, rootAccessKey, uuid, random, reportError } = options;
  await using opening = new AsyncDisposableStack();
  const directory = lockDataDirectory(options.dataDirectory);
  opening.defer(() => directory.release());
  const vault = await openVault(directory.masterKey, directory.registry);
  await migrate(directory.registry);
  const db = openDatabase(directory.registry);
  opening.defer(() => db.$disconnect());
  await ensureAccount(db, accountId, clock.now());
  const codeStore = await CodeStore.open(
    {
      packages: directory.packages,
      code: directory.code,
      clock,
      uuid,
      reportError,
      isReferenced: (codeSha256) => isPackageReferenced(db, codeSha256),
    },
    await referencedPackages(db),
  );
  opening.defer(() => codeStore.close());
  const functions = new FunctionRegistry();
  opening.defer(() => functions.idle());
  const core: Core = {
    accountId,
    region,
    checksPassRole: options.checksPassRole ?? false,
    db,
    vault,
    codeStore,
    codeLinks: new CodeLinks(vault.deriveKey('code links'), clock),
    functions,
    functionUrls: await FunctionUrlRegistry.open(db),
    usage: await AccountUsage.open(db),
    concurrency: await ReservedConcurrency.open(db),
    accessKeys: await AccessKeyRegistry.open({ db, vault, clock, accountId, rootAccessKey }),
    policies: await ResourcePolicies.open(db),
    clock,
    uuid,
    random,
    reportError,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
  await settleAll(core);
  const open = opening.move();
  return core;
}

/** Finishes background work and gives the data directory up. Idempotent. */
export async function closeCore(core: Core): Promise<void> {
  await core[Symbol.asyncDispose]();
}
