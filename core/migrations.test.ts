import { cpSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from './db.ts';
import { diffSchema } from './migration-diff.ts';
import { MigrationError, migrate, migrationsDirectory } from './migrations.ts';
import { temporaryDirectory } from './test-core.ts';

/** The project's migrations and one more. */
function withOneMore(sql: string): string {
  const directory = path.join(temporaryDirectory(), 'migrations');
  cpSync(migrationsDirectory, directory, { recursive: true });
  mkdirSync(path.join(directory, '29990101000000_later'));
  writeFileSync(path.join(directory, '29990101000000_later', 'migration.sql'), sql);
  return directory;
}

const names = () => readdirSync(migrationsDirectory).filter((name) => !name.endsWith('.toml'));
const newRegistry = () => path.join(temporaryDirectory(), 'registry.db');

test('the migrations lead to the schema; if this fails, run `npm run migration <name>`', async () => {
  expect(await diffSchema()).toBe('');
});

test('a new registry gets every migration, for its owner only, and the next start none', async () => {
  const file = newRegistry();
  expect(await migrate(file)).toEqual(names());
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await migrate(file)).toEqual([]);
});

test('a later migration keeps the data', async () => {
  const file = newRegistry();
  await migrate(file);
  const before = openDatabase(file);
  await before.rateLimit.create({ data: { id: '1', key: 'k', count: 1, lastRequest: 5n } });
  await before.$disconnect();
  const more = withOneMore('ALTER TABLE "RateLimit" ADD COLUMN "note" TEXT NOT NULL DEFAULT \'kept\';');
  expect(await migrate(file, more)).toEqual(['29990101000000_later']);
  const after = openDatabase(file);
  onTestFinished(() => after.$disconnect());
  expect(await after.$queryRaw`SELECT "key", "note" FROM "RateLimit"`).toEqual([{ key: 'k', note: 'kept' }]);
});

test('a migration that fails half-way changes nothing', async () => {
  const file = newRegistry();
  await migrate(file);
  const broken = withOneMore('CREATE TABLE "Half" ("id" TEXT); SELECT * FROM "Missing";');
  await expect(migrate(file, broken)).rejects.toThrow();
  expect(await migrate(file)).toEqual([]);
  const db = openDatabase(file);
  onTestFinished(() => db.$disconnect());
  expect(await db.$queryRaw`SELECT name FROM sqlite_master WHERE name = 'Half'`).toEqual([]);
});

test('what a crash left of an earlier try is ignored', async () => {
  const file = newRegistry();
  writeFileSync(`${file}.migrating`, 'half a copy');
  expect(await migrate(file)).toEqual(names());
  expect(existsSync(`${file}.migrating`)).toBe(false);
});

test('a registry of a newer Hearth is refused by the name of its migration', async () => {
  const file = newRegistry();
  await migrate(file, withOneMore('CREATE TABLE "Later" ("id" TEXT PRIMARY KEY);'));
  await expect(migrate(file)).rejects.toThrow(MigrationError);
  await expect(migrate(file)).rejects.toThrow(/newer Hearth: it has the migration 29990101000000_later/);
});

test('a migration that was changed after it had been applied is refused', async () => {
  const file = newRegistry();
  await migrate(file, withOneMore('CREATE TABLE "Later" ("id" TEXT PRIMARY KEY);'));
  const changed = withOneMore('CREATE TABLE "Other" ("id" TEXT PRIMARY KEY);');
  await expect(migrate(file, changed)).rejects.toThrow(/29990101000000_later was changed/);
});
