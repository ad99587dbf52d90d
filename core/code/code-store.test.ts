import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { strToU8 } from 'fflate';
import { expect, test } from 'vitest';
import { TestClock, temporaryDirectory, zipOf } from '../test-core.ts';
import { CodeStore, type CodeStoreOptions } from './code-store.ts';
import { HostileZip } from './hostile-zip.ts';

function makeOptions(overrides: Partial<CodeStoreOptions> = {}) {
  const directory = temporaryDirectory();
  const options = {
    packages: path.join(directory, 'packages'),
    code: path.join(directory, 'code'),
    clock: new TestClock(),
    uuid: () => randomUUID(),
    isReferenced: async () => false,
    reportError: (error: unknown) => {
      throw error;
    },
    ...overrides,
  };
  mkdirSync(options.packages);
  mkdirSync(options.code);
  return options;
}

const none = new Set<string>();
const content = (options: CodeStoreOptions) => ({
  packages: readdirSync(options.packages).filter((name) => name !== 'boot-id'),
  code: readdirSync(options.code),
});

test('keeps a zip and its files, with modes that every user can read', async () => {
  const options = makeOptions();
  const store = await CodeStore.open(options, none);
  const zip = zipOf({
    'index.mjs': 'export {}',
    'bin/run': [strToU8('#!'), { os: 3, attrs: 0o100700 << 16 }],
  });
  using stored = await store.store(zip);
  const directory = store.directory(stored.codeSha256);
  const mode = (name: string) => statSync(path.join(directory, name)).mode & 0o777;
  expect(stored).toMatchObject({ codeSize: zip.length, unzippedSize: 11, fileCount: 2 });
  expect(readFileSync(store.zipFile(stored.codeSha256))).toEqual(zip);
  expect(readFileSync(path.join(directory, 'index.mjs'), 'utf8')).toBe('export {}');
  expect([mode('.'), mode('bin'), mode('bin/run'), mode('index.mjs')]).toEqual([0o755, 0o755, 0o755, 0o644]);
});

test('unpacks what is large in a thread, just the same', async () => {
  const store = await CodeStore.open(makeOptions(), none);
  const text = 'x'.repeat(100);
  const files = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`d${i % 7}/f${i}.js`, text + i]));
  using stored = await store.store(zipOf(files));
  for (const [name, expected] of Object.entries(files)) {
    expect(readFileSync(path.join(store.directory(stored.codeSha256), name), 'utf8')).toBe(expected);
  }
});

test.each<[string, number]>([
  ['small', 10],
  ['large', 2_000_000],
])('refuses a %s file whose data is not what it claims to be, and leaves nothing of it', async (_, size) => {
  const options = makeOptions();
  const store = await CodeStore.open(options, none);
  const honest = () => new HostileZip(zipOf({ 'a.js': 'x'.repeat(size) }));
  for (const zip of [honest().corrupt(), honest().claimSize(0, size - 1), honest().claimSize(0, size + 1)]) {
    await expect(store.store(zip.bytes)).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: 'Could not unzip uploaded file. Please check your file, then try to upload again.',
    });
  }
  expect(content(options)).toEqual({ packages: [], code: [] });
});

test('many uploads of one zip at once are one package', async () => {
  const options = makeOptions();
  const store = await CodeStore.open(options, none);
  const zip = zipOf({ 'index.mjs': 'x' });
  const all = await Promise.all(Array.from({ length: 20 }, () => store.store(zip)));
  const [first] = all;
  expect(new Set(all.map(({ codeSha256 }) => codeSha256)).size).toBe(1);
  expect(content(options)).toEqual({
    packages: [`${first?.codeSha256}.zip`],
    code: [first?.codeSha256],
  });
});

test('removes at start what a crash left behind and what no function names', async () => {
  const options = makeOptions();
  const before = await CodeStore.open(options, none);
  using kept = await before.store(zipOf({ 'index.mjs': 'kept' }));
  using orphan = await before.store(zipOf({ 'index.mjs': 'orphan' }));
  writeFileSync(path.join(options.packages, `${orphan.codeSha256}.zip.${randomUUID()}.tmp`), 'half');
  mkdirSync(path.join(options.code, `${orphan.codeSha256}.${randomUUID()}.tmp`));
  mkdirSync(path.join(options.code, 'ab'.repeat(32)));
  const after = await CodeStore.open(options, new Set([kept.codeSha256]));
  await after.close();
  expect(content(options)).toEqual({ packages: [`${kept.codeSha256}.zip`], code: [kept.codeSha256] });
});

test('makes the files again from the zip after the machine restarted', async () => {
  const options = makeOptions();
  const before = await CodeStore.open(options, none);
  using stored = await before.store(zipOf({ 'index.mjs': 'whole' }));
  writeFileSync(path.join(options.packages, 'boot-id'), 'an earlier boot');
  const file = path.join(before.directory(stored.codeSha256), 'index.mjs');
  // As if the power had failed before the file reached the disk.
  writeFileSync(file, '');
  const after = await CodeStore.open(options, new Set([stored.codeSha256]));
  await after.unpack(stored.codeSha256);
  await after.close();
  expect(readFileSync(file, 'utf8')).toBe('whole');
  expect(content(options).code).toEqual([stored.codeSha256]);
});

test('removes a package once no function has named it for a minute', async () => {
  const clock = new TestClock();
  const options = makeOptions({ clock });
  const store = await CodeStore.open(options, none);
  const { codeSha256, [Symbol.dispose]: done } = await store.store(zipOf({ 'index.mjs': 'x' }));
  done();
  store.releaseSoon(codeSha256);
  await store.close();
  expect(content(options).code).toEqual([codeSha256]);
  clock.milliseconds += 60_000;
  store.releaseSoon('cd'.repeat(32));
  await store.close();
  expect(content(options)).toEqual({ packages: [], code: [] });
});

test('keeps a package that is uploaded again while the registry is asked for it', async () => {
  const clock = new TestClock();
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<boolean>();
  const isReferenced = () => {
    asked.resolve();
    return answer.promise;
  };
  const options = makeOptions({ clock, isReferenced });
  const store = await CodeStore.open(options, none);
  const zip = zipOf({ 'index.mjs': 'x' });
  const first = await store.store(zip);
  first[Symbol.dispose]();
  store.releaseSoon(first.codeSha256);
  clock.milliseconds += 60_000;
  store.releaseSoon('cd'.repeat(32));
  await asked.promise;
  const second = await store.store(zip);
  second[Symbol.dispose]();
  answer.resolve(false);
  await store.close();
  expect(content(options).code).toEqual([first.codeSha256]);
});

test.each<[string, boolean]>([
  ['that a function names', true],
  ['that is being uploaded', false],
])('keeps a package %s', async (_, referenced) => {
  const clock = new TestClock();
  const options = makeOptions({ clock, isReferenced: async () => referenced });
  const store = await CodeStore.open(options, none);
  const stored = await store.store(zipOf({ 'index.mjs': 'x' }));
  if (referenced) stored[Symbol.dispose]();
  store.releaseSoon(stored.codeSha256);
  clock.milliseconds += 60_000;
  store.releaseSoon('cd'.repeat(32));
  await store.close();
  expect(content(options).code).toEqual([stored.codeSha256]);
});
