import { strFromU8, strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { pathProblem, toPackageFile } from './package-file.ts';
import { readPackage } from './read-package.ts';
import { writePackage } from './write-package.ts';
import { readZipDirectory } from './zip-directory.ts';

const files = new Map([
  ['index.mjs', toPackageFile(strToU8('export const handler = async () => "ö";\n'))],
  ['bin/tool', toPackageFile(strToU8('#!/bin/sh\n'), 0o100755)],
  ['img/dot.png', toPackageFile(new Uint8Array([0x89, 0x50, 0, 255]))],
]);

test('a package comes back as it was packed, with modes and bytes', () => {
  expect(readPackage(writePackage(files))).toEqual(new Map([...files].sort()));
});

test('the same files make the same bytes, whatever their order', () => {
  expect(writePackage(files)).toEqual(writePackage(new Map([...files].reverse())));
});

test('text is only what can be written back to the same bytes', () => {
  const mark = new Uint8Array([0xef, 0xbb, 0xbf, 0x61]);
  expect(strToU8(toPackageFile(mark).text ?? '')).toEqual(mark);
  expect(toPackageFile(new Uint8Array([0xff, 0x61])).text).toBeUndefined();
  expect(toPackageFile(new Uint8Array([0x61, 0])).text).toBeUndefined();
});

test('folders are not files, and a comment behind the directory does not matter', () => {
  const zip = zipSync({ 'a/': new Uint8Array(), 'a/b.txt': strToU8('b') });
  const comment = strToU8('a comment');
  const commented = new Uint8Array([...zip, ...comment]);
  new DataView(commented.buffer).setUint16(zip.length - 2, comment.length, true);
  expect(readZipDirectory(commented)).toEqual([{ path: 'a/b.txt', size: 1, mode: 0 }]);
  expect([...readPackage(commented).keys()]).toEqual(['a/b.txt']);
});

test('what is no zip is refused', () => {
  for (const bytes of [
    new Uint8Array(),
    strToU8('hello'),
    new Uint8Array(100),
    writePackage(files).subarray(0, 200),
  ]) {
    expect(() => readPackage(bytes)).toThrow('not a zip');
  }
});

test('a name that unpacking would lose is refused, not lost', () => {
  const zip = writePackage(
    new Map([
      ['constructor', toPackageFile(strToU8('x'))],
      ['__prot0__', toPackageFile(strToU8('y'))],
    ]),
  );
  expect(readPackage(zip).size).toBe(2);
  const renamed = Uint8Array.from(zip, (byte, index) =>
    byte === 0x30 && strFromU8(zip.subarray(index - 6, index + 3), true) === '__prot0__' ? 0x6f : byte,
  );
  expect(() => readPackage(renamed)).toThrow('cannot be edited');
});

test('paths that could not be deployed are refused', () => {
  for (const path of [
    '',
    '/a',
    'a//b',
    '../a',
    'a/./b',
    'a\\b',
    'index.mjs',
    'index.mjs/x',
    'img',
    '__proto__',
    'x'.repeat(1025),
  ]) {
    expect(pathProblem(path, files)).toBeTypeOf('string');
  }
  for (const path of ['a.mjs', 'img/other.png', '.env', 'a b.txt'])
    expect(pathProblem(path, files)).toBeUndefined();
});
