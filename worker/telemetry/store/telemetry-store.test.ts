import { appendFileSync, existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyBatch } from '../batch.ts';
import { openTestStore, scope, temporaryDirectory, writeLines } from '../test-store.ts';
import { applyRetention } from './retention.ts';

const day = 86_400_000;

async function messages(test: Awaited<ReturnType<typeof openTestStore>>, logGroupName: string) {
  const { events } = await test.call('logs.FilterLogEvents', { logGroupName });
  return events.map(({ message }: { message: string }) => message);
}

describe('the store', () => {
  test('keeps what was written when it is opened again, and numbers go on', async () => {
    const directory = temporaryDirectory();
    const first = await openTestStore(directory);
    await writeLines(first, 'g', 's', [[1, 'one']]);
    const next = first.store.nextSequence();
    await first.store.close();
    const second = await openTestStore(directory);
    await writeLines(second, 'g', 's', [[1, 'two']]);
    expect(await messages(second, 'g')).toEqual(['one', 'two']);
    expect(second.store.nextSequence()).toBeGreaterThanOrEqual(next);
  });

  test('sets a damaged file aside with a warning and begins a new one', async () => {
    const directory = temporaryDirectory();
    const file = path.join(directory, 'telemetry.duckdb');
    writeFileSync(file, 'this is no database '.repeat(1000));
    const opened = await openTestStore(directory);
    expect(opened.warnings).toEqual([expect.stringMatching(/could not be read.*Set aside: .*damaged-2026/)]);
    await writeLines(opened, 'g', 's', [[1, 'new']]);
    expect(await messages(opened, 'g')).toEqual(['new']);
    expect(readdirSync(directory).filter((name) => name.includes('damaged'))).toHaveLength(1);
  });

  test('begins a new file when an old one was cut short', async () => {
    const directory = temporaryDirectory();
    const first = await openTestStore(directory);
    await writeLines(first, 'g', 's', [[1, 'one']]);
    await first.store.close();
    truncateSync(path.join(directory, 'telemetry.duckdb'), 5000);
    const second = await openTestStore(directory);
    expect(second.warnings).toHaveLength(1);
    expect((await second.call('logs.DescribeLogGroups', {})).logGroups).toEqual([]);
  });

  test('a damaged write-ahead log costs no line that is in the file', async () => {
    const directory = temporaryDirectory();
    const first = await openTestStore(directory);
    await writeLines(first, 'g', 's', [[1, 'one']]);
    await first.store.close();
    const wal = path.join(directory, 'telemetry.duckdb.wal');
    expect(existsSync(wal)).toBe(false);
    appendFileSync(wal, Buffer.alloc(5000, 0xab));
    const second = await openTestStore(directory);
    expect(await messages(second, 'g')).toEqual(['one']);
  });

  test('a failed change leaves nothing behind, in the file and in memory', async () => {
    const opened = await openTestStore();
    const failing = opened.store.change(async (writer) => {
      await opened.store.catalogue.create(writer, scope, 'half', 1);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(opened.store.catalogue.find(scope, 'half')).toBeUndefined();
    await writeLines(opened, 'g', 's', [[1, 'after']]);
    expect(await messages(opened, 'g')).toEqual(['after']);
  });

  test('cuts a line that is longer than an event between characters', async () => {
    const opened = await openTestStore();
    const long = `${'a'.repeat(262_143)}é${'b'.repeat(10)}`;
    await writeLines(opened, 'g', 's', [[1, long]]);
    const parts = await messages(opened, 'g');
    expect(parts.map((part: string) => Buffer.byteLength(part))).toEqual([262_143, 12]);
    expect(parts.join('')).toBe(long);
  });

  test('tells in the stream how much of it was shed', async () => {
    const opened = await openTestStore();
    await opened.store.write({
      ...emptyBatch(),
      streams: [{ ...scope, logGroupName: 'g', logStreamName: 's' }],
      shed: [{ stream: 0, lines: 7, characters: 70 }],
    });
    expect(await messages(opened, 'g')).toEqual([
      expect.stringContaining('shed 7 log lines (70 characters)'),
    ]);
  });

  test('retention deletes by the group’s days, and what no stream leads to', async () => {
    const opened = await openTestStore();
    const { now } = opened.clock;
    for (const group of ['short', 'long']) {
      await writeLines(opened, group, 's', [
        [now - 2 * day, 'old'],
        [now, 'new'],
      ]);
    }
    await writeLines(opened, 'gone', 's', [[now, 'x']]);
    await opened.call('logs.PutRetentionPolicy', { logGroupName: 'short', retentionInDays: 1 });
    await opened.call('logs.DeleteLogGroup', { logGroupName: 'gone' });
    await applyRetention(opened.store, {
      invocationDays: 1,
      payloadDays: 1,
      maxBytes: Number.MAX_SAFE_INTEGER,
    });
    expect(await messages(opened, 'short')).toEqual(['new']);
    expect(await messages(opened, 'long')).toEqual(['old', 'new']);
    const [count] = await opened.store.database.rows('SELECT count(*) AS lines FROM log_lines');
    expect(count).toEqual({ lines: 3 });
  });

  test('deletes the oldest while there is too much', async () => {
    const opened = await openTestStore();
    await writeLines(
      opened,
      'g',
      's',
      Array.from({ length: 100 }, (_, index) => [index, `line ${index}`] as const),
    );
    await applyRetention(opened.store, { invocationDays: 1, payloadDays: 1, maxBytes: -1 });
    const left = await messages(opened, 'g');
    expect(left).toHaveLength(90);
    expect(left[0]).toBe('line 10');
  });

  test('two readers see whole batches while a writer writes', async () => {
    const opened = await openTestStore();
    await writeLines(opened, 'g', 's', [[0, 'start']]);
    let writing = true;
    const read = async () => {
      let seen = 0;
      while (writing) {
        const count = (await messages(opened, 'g')).length;
        expect((count - 1) % 50).toBe(0);
        expect(count).toBeGreaterThanOrEqual(seen);
        seen = count;
      }
    };
    const readers = Promise.all([read(), read()]);
    for (let batch = 0; batch < 20; batch += 1) {
      const lines = Array.from({ length: 50 }, (_, index) => [batch, `line ${index}`] as const);
      await writeLines(opened, 'g', 's', lines);
    }
    writing = false;
    await readers;
    expect(await messages(opened, 'g')).toHaveLength(1001);
  });
});
