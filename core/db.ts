import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { PrismaClient } from '../prisma/generated/client.ts';

/** Every commit is on the disk before it is acknowledged, and readers never wait for the writer. */
const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
`;

/** Milliseconds to wait for another process that has the registry open, such as a backup. */
const BUSY_TIMEOUT = 5000;

/** Opens the registry, a SQLite file whose migrations are applied. */
export function openDatabase(file: string): PrismaClient {
  return new PrismaClient({ adapter: new RegistryAdapterFactory({ url: file, timeout: BUSY_TIMEOUT }) });
}

class RegistryAdapterFactory extends PrismaBetterSqlite3 {
  override async connect(): Promise<SqlDriverAdapter> {
    const adapter = await super.connect();
    await adapter.executeScript(PRAGMAS);
    return keepTransactionsApart(adapter);
  }
}

/**
 * Makes statements outside a transaction wait while one is open. There is a single connection, so they would
 * become part of it otherwise: acknowledged before it commits, and undone with it.
 */
function keepTransactionsApart(adapter: SqlDriverAdapter): SqlDriverAdapter {
  let open: Promise<void> | undefined;
  const noTransaction = async () => {
    while (open) await open;
  };
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    async queryRaw(query) {
      if (open) await noTransaction();
      return adapter.queryRaw(query);
    },
    async executeRaw(query) {
      if (open) await noTransaction();
      return adapter.executeRaw(query);
    },
    async executeScript(script) {
      if (open) await noTransaction();
      return adapter.executeScript(script);
    },
    async startTransaction(isolationLevel) {
      if (open) await noTransaction();
      const { promise, resolve } = Promise.withResolvers<void>();
      const end = () => {
        open = undefined;
        resolve();
      };
      open = promise;
      try {
        const transaction = await adapter.startTransaction(isolationLevel);
        const commit = transaction.commit.bind(transaction);
        const rollback = transaction.rollback.bind(transaction);
        transaction.commit = () => commit().finally(end);
        transaction.rollback = () => rollback().finally(end);
        return transaction;
      } catch (error) {
        end();
        throw error;
      }
    },
    dispose: () => adapter.dispose(),
  };
}
