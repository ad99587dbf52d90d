import { expect, test } from 'vitest';
import { treeRows } from './tree-rows.ts';

const paths = ['index.mjs', 'lib/b.mjs', 'lib/deep/c.mjs', 'lib/a.mjs', 'README.md'];

test('folders stand before files, each in order', () => {
  expect(treeRows(paths, () => true).map(({ path, level }) => `${level} ${path}`)).toEqual([
    '1 lib',
    '2 lib/deep',
    '3 lib/deep/c.mjs',
    '2 lib/a.mjs',
    '2 lib/b.mjs',
    '1 index.mjs',
    '1 README.md',
  ]);
});

test('a closed folder hides what is in it', () => {
  expect(treeRows(paths, (folder) => folder !== 'lib').map(({ path }) => path)).toEqual([
    'lib',
    'index.mjs',
    'README.md',
  ]);
});
