import fc from 'fast-check';
import { strToU8, type Zippable } from 'fflate';
import { expect, test } from 'vitest';
import { limits } from '../limits.ts';
import { zipOf } from '../test-core.ts';
import { HostileZip } from './hostile-zip.ts';
import { inspectPackage } from './inspect-package.ts';

const CANNOT_UNZIP = 'Could not unzip uploaded file. Please check your file, then try to upload again.';

/** A file whose mode, type included, is the given one. */
const withMode = (mode: number, content = 'x'): Zippable[string] => [
  strToU8(content),
  { os: 3, attrs: mode << 16 },
];

test('tells files, directories and modes', async () => {
  const zip = zipOf({
    'index.mjs': 'export {}',
    'bin/run': withMode(0o100755),
    'lib/': withMode(0o040755, ''),
    'a/b/c.txt': withMode(0o100600),
  });
  const { files, directories, unzippedSize } = await inspectPackage(zip);
  expect(files.map(({ path, executable, size }) => [path, executable, size])).toEqual([
    ['index.mjs', false, 9],
    ['bin/run', true, 1],
    ['a/b/c.txt', false, 1],
  ]);
  expect(directories).toEqual(['bin', 'lib', 'a', 'a/b']);
  expect(unzippedSize).toBe(11);
});

test('reads names in UTF-8 that do not say so, as macOS writes them', async () => {
  const zip = new HostileZip(zipOf({ 'xx.js': 'x' })).rename('xx.js', '\u00c3\u00a9.js').bytes;
  expect((await inspectPackage(zip)).files[0]?.path).toBe('é.js');
});

const two = () => new HostileZip(zipOf({ 'aaa.js': '1', 'bbb.js': '2' }));
const one = (name: string) => new HostileZip(zipOf({ [name]: 'x' }));

test.each<[string, Buffer]>([
  ['no zip at all', Buffer.from('not a zip')],
  ['a zip cut short', zipOf({ 'index.mjs': 'x' }).subarray(0, -10)],
  ['an encrypted entry', two().flag(1, 1).bytes],
  ['an unknown compression method', two().method(1, 12).bytes],
  ['two entries of one name', two().rename('bbb.js', 'aaa.js').bytes],
  ['a file that is also a directory', zipOf({ a: 'x', 'a/b': 'y' })],
  ['a directory that is also a file', zipOf({ 'a/b': 'y', a: 'x' })],
  ['a file of the name of a directory', zipOf({ 'a/': '', a: 'x' })],
  ['a symbolic link', zipOf({ link: withMode(0o120777, '/etc/passwd') })],
  ['a symbolic link inside the package', zipOf({ a: 'x', b: withMode(0o120777, 'a') })],
  ['a device', zipOf({ dev: withMode(0o020666) })],
  ['a named pipe', zipOf({ pipe: withMode(0o010666) })],
  ['a directory with content', zipOf({ 'a/': 'x' })],
  ['a path that climbs', zipOf({ '../up.js': 'x' })],
  ['a path that climbs in the middle', zipOf({ 'a/../../up.js': 'x' })],
  ['a path with a dot', zipOf({ 'a/./b.js': 'x' })],
  ['an absolute path', zipOf({ '/etc/passwd': 'x' })],
  ['an empty name in a path', zipOf({ 'a//b.js': 'x' })],
  ['a backslash', one('a_b.js').rename('a_b.js', 'a\\b.js').bytes],
  ['a drive letter', zipOf({ 'C:x.js': 'x' })],
  ['a NUL', one('a_b.js').rename('a_b.js', 'a\0b.js').bytes],
  ['a line break', one('a_b.js').rename('a_b.js', 'a\nb.js').bytes],
  [
    'a name that is not UTF-8',
    new HostileZip(zipOf({ 'é.js': 'x' })).rename('\u00c3\u00a9.js', 'a\u00ff.js').bytes,
  ],
  ['a name too long for Linux', zipOf({ ['a'.repeat(256)]: 'x' })],
  ['a path too long', zipOf({ [`${'a/'.repeat(600)}b`]: 'x' })],
])('refuses %s', async (_, zip) => {
  await expect(inspectPackage(zip)).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: CANNOT_UNZIP,
  });
});

test('refuses a zip over 50 MB before reading it', async () => {
  await expect(inspectPackage(Buffer.alloc(limits.codeZippedBytes + 1))).rejects.toMatchObject({
    code: 'RequestEntityTooLargeException',
    message: 'Zipped size must be smaller than 52428800 bytes',
  });
});

test('refuses files over 250 MB together by what they claim', async () => {
  const zip = new HostileZip(zipOf({ 'a.js': 'x'.repeat(1000), 'b.js': 'y'.repeat(1000) }));
  zip.claimSize(0, 200_000_000).claimSize(1, 62_144_001);
  await expect(inspectPackage(zip.bytes)).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: 'Unzipped size must be smaller than 262144000 bytes',
  });
});

test('refuses more data than a zip of its size can hold', async () => {
  const zip = new HostileZip(zipOf({ 'a.js': 'x'.repeat(1000) })).claimSize(0, 200_000_000);
  await expect(inspectPackage(zip.bytes)).rejects.toMatchObject({ message: CANNOT_UNZIP });
});

test('refuses entries that share their data', async () => {
  const content = Array.from({ length: 2000 }, (_, i) => i.toString(36)).join('');
  const zip = new HostileZip(zipOf({ 'a.js': content, 'b.js': 'x', 'c.js': 'x', 'd.js': 'x' }));
  zip.overlap(1, 0).overlap(2, 0).overlap(3, 0);
  await expect(inspectPackage(zip.bytes)).rejects.toMatchObject({ message: CANNOT_UNZIP });
});

test('refuses more entries than any package needs', async () => {
  const zip = zipOf({ 'a.js': 'x' });
  // The count of entries, in the record at the end.
  zip.writeUInt16LE(limits.codeEntries + 1, zip.length - 12);
  await expect(inspectPackage(zip)).rejects.toMatchObject({ message: CANNOT_UNZIP, cause: '60001 entries' });
});

test.each<[string, Buffer]>([
  ['no bytes', Buffer.alloc(0)],
  ['no entries', zipOf({})],
  ['only directories', zipOf({ 'a/': '' })],
])('refuses a package of %s as empty', async (_, zip) => {
  await expect(inspectPackage(zip)).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: 'Uploaded file must be a non-empty zip',
  });
});

test('whatever bytes are changed, a package is accepted or refused, and never names anything outside', async () => {
  const honest = zipOf({ 'index.mjs': 'export {}', 'lib/a.js': 'x', 'lib/b/c.js': 'y' });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(honest.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      async (changes) => {
        const zip = Buffer.from(honest);
        for (const [at, byte] of changes) zip[at] = byte;
        const contents = await inspectPackage(zip).catch((error: { name: string }) => error);
        if (!('files' in contents)) {
          expect(contents.name).toBe('ServiceError');
          return;
        }
        for (const name of [...contents.files.map(({ path }) => path), ...contents.directories]) {
          expect(name).not.toMatch(/^\/|(^|\/)\.\.?(\/|$)|\/\/|[\0\\]/);
        }
      },
    ),
    { numRuns: 500 },
  );
});
