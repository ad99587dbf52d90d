import { expect, test } from 'vitest';
import { viewFunctions } from './view-functions.ts';

const functions = [
  {
    FunctionName: 'thumbnail-10',
    Description: 'Makes small pictures',
    Runtime: 'nodejs22.x' as const,
    MemorySize: 1024,
  },
  { FunctionName: 'thumbnail-9', Runtime: 'nodejs24.x' as const, MemorySize: 128 },
  { FunctionName: 'orders-api', Runtime: 'nodejs24.x' as const, MemorySize: 128 },
];
const byName = { key: 'name', descending: false } as const;
const names = (view: Parameters<typeof viewFunctions>[1]) =>
  viewFunctions(functions, view).map((item) => item.FunctionName);

test('names are sorted as people count, nine before ten', () => {
  expect(names({ q: '', runtime: '', sort: byName })).toEqual(['orders-api', 'thumbnail-9', 'thumbnail-10']);
});

test('every word of a search must be in the name or the description', () => {
  expect(names({ q: 'THUMB small', runtime: '', sort: byName })).toEqual(['thumbnail-10']);
  expect(names({ q: 'nothing', runtime: '', sort: byName })).toEqual([]);
});

test('a runtime filters, and equal values fall back to the name', () => {
  expect(names({ q: '', runtime: 'nodejs24.x', sort: { key: 'memory', descending: true } })).toEqual([
    'orders-api',
    'thumbnail-9',
  ]);
});
