import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { MigrationList } from '@prisma/schema-engine-wasm';
import { syncPath } from './files.ts';
import { withSchemaEngine } from './schema-engine.ts';

/** The folder of this version's migrations. */
export const migrationsDirectory = path.join(import.meta.dirname, '../prisma/migrations');

/** The registry cannot be brought to this version's schema; the message says why. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/**
 * Brings a SQLite registry to the schema of the migrations, creating it when missing. Migrations are applied to a
 * copy that then takes the registry's place, so a crash leaves either the old or the new one.
 * The caller must be the registry's only user.
 * @returns the names of the migrations applied.
 * @throws MigrationError when the registry has migrations that are not among these, or others of the same name.
 */
export async function migrate(file: string, directory = migrationsDirectory): Promise<string[]> {
  const migrations = await readMigrations(directory);
  const copy = `${file}.migrating`;
  await rm(copy, { force: true });
  if (existsSync(file)) {
    const recorded = await readRecord(file);
    checkHistory(migrations, recorded);
    if (recorded.length === migrations.migrationDirectories.length) return [];
    await copyFile(file, copy);
  }
  const applied = await applyTo(copy, migrations);
  await chmod(copy, 0o600);
  await syncPath(copy);
  await rename(copy, file);
  await syncPath(path.dirname(file));
  return applied;
}

/** Reads a migrations folder as Prisma's schema engine wants it. */
export async function readMigrations(directory: string): Promise<MigrationList> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = names.sort().map(async (name) => {
    const value = await readFile(path.join(directory, name, 'migration.sql'), 'utf8');
    return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } };
  });
  return {
    baseDir: directory,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(path.join(directory, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(migrationDirectories),
  };
}

interface RecordedMigration {
  name: string;
  checksum: string;
}

/** What Prisma's own table says was applied; also folds the write-ahead log into the file. */
async function readRecord(file: string): Promise<RecordedMigration[]> {
  const adapter = await new PrismaBetterSqlite3({ url: file }).connect();
  try {
    await adapter.executeScript('PRAGMA wal_checkpoint(TRUNCATE)');
    const { rows } = await adapter.queryRaw({
      sql: `SELECT migration_name, checksum FROM _prisma_migrations
            WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
      args: [],
      argTypes: [],
    });
    return rows.map(([name, checksum]) => ({ name: String(name), checksum: String(checksum) }));
  } finally {
    await adapter.dispose();
  }
}

function checkHistory(migrations: MigrationList, recorded: RecordedMigration[]): void {
  const known = new Map(
    migrations.migrationDirectories.map(({ path: name, migrationFile: { content } }) => [
      name,
      createHash('sha256').update(content.value).digest('hex'),
    ]),
  );
  for (const { name, checksum } of recorded) {
    if (!known.has(name)) {
      throw new MigrationError(
        `The registry was written by a newer Hearth: it has the migration ${name}, which this one does not know. ` +
          'Start that newer Hearth, or use another HEARTH_DATA_DIR.',
      );
    }
    if (known.get(name) !== checksum) {
      throw new MigrationError(
        `The migration ${name} was changed after it had been applied to the registry. Restore its file.`,
      );
    }
  }
}

async function applyTo(file: string, migrationsList: MigrationList): Promise<string[]> {
  const { appliedMigrationNames } = await withSchemaEngine(new PrismaBetterSqlite3({ url: file }), (engine) =>
    engine.applyMigrations({ migrationsList, filters: { externalTables: [], externalEnums: [] } }),
  );
  return appliedMigrationNames;
}
