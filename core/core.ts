import type { PrismaClient } from '../prisma/generated/client.ts';
import type { AccessKeyRegistry } from './access-keys/access-key-registry.ts';
import type { Clock } from './clock.ts';
import type { CodeLinks } from './code/code-links.ts';
import type { CodeStore } from './code/code-store.ts';
import type { FunctionRegistry } from './functions/function-registry.ts';
import type { Vault } from './vault.ts';

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
  clock: Clock;
  /** A new random UUID. */
  uuid(): string;
  /** Takes errors of background work that no request can receive. */
  reportError(error: unknown): void;
}

/** The control plane, open: what every verb needs. */
export interface Core {
  readonly accountId: string;
  readonly region: string;
  readonly db: PrismaClient;
  readonly vault: Vault;
  readonly codeStore: CodeStore;
  readonly codeLinks: CodeLinks;
  /** What is known of functions in memory, and who wants to know of their changes. */
  readonly functions: FunctionRegistry;
  readonly accessKeys: AccessKeyRegistry;
  readonly clock: Clock;
  uuid(): string;
  reportError(error: unknown): void;
}

/**
 * Opens the data directory: locks it, migrates the registry, repairs what a crash left behind.
 * @throws DataDirectoryError when another worker holds the directory, or the registry is of a newer Hearth.
 */
export async function openCore(_options: CoreOptions): Promise<Core> {
  throw new Error('Not written yet.');
}

/** Finishes background work and gives the data directory up. Idempotent. */
export async function closeCore(_core: Core): Promise<void> {
  throw new Error('Not written yet.');
}
