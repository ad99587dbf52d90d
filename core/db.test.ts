import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from './db.ts';
import { migrate } from './migrations.ts';
import { temporaryDirectory } from './test-core.ts';

async function openRegistry() {
  const file = path.join(temporaryDirectory(), 'registry.db');
  await migrate(file);
  const db = openDatabase(file);
  onTestFinished(() => db.$disconnect());
  return db;
}

const row = (id: string) => ({ id, key: id, count: 1, lastRequest: 1n });

test('every commit is synced, and foreign keys hold', async () => {
  const db = await openRegistry();
  expect(await db.$queryRaw`PRAGMA journal_mode`).toEqual([{ journal_mode: 'wal' }]);
  expect(await db.$queryRaw`PRAGMA synchronous`).toEqual([{ synchronous: 2n }]);
  expect(await db.$queryRaw`PRAGMA foreign_keys`).toEqual([{ foreign_keys: 1n }]);
});

test('a write beside a transaction is not undone with it', async () => {
  const db = await openRegistry();
  const opened = Promise.withResolvers<void>();
  const proceed = Promise.withResolvers<void>();
  const transaction = db.$transaction(async (inside) => {
    await inside.rateLimit.create({ data: row('inside') });
    opened.resolve();
    await proceed.promise;
    throw new Error('rolled back');
  });
  const failed = expect(transaction).rejects.toThrow('rolled back');
  await opened.promise;
  const beside = db.rateLimit.create({ data: row('beside') });
  proceed.resolve();
  await failed;
  await beside;
  expect(await db.rateLimit.findMany({ select: { id: true } })).toEqual([{ id: 'beside' }]);
});

test('transactions that overlap all commit', async () => {
  const db = await openRegistry();
  const ids = Array.from({ length: 20 }, (_, i) => `row ${i}`);
  await Promise.all(
    ids.map((id) =>
      db.$transaction(async (inside) => {
        await inside.rateLimit.create({ data: row(id) });
        return inside.rateLimit.count();
      }),
    ),
  );
  expect(await db.rateLimit.count()).toBe(20);
});
