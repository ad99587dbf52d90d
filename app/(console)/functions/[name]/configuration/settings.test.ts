import { expect, test } from 'vitest';
import { bytesOf, fits, nameProblem } from './environment-variables.ts';
import { changeBetween, settingProblems, settingsOf } from './general-settings.ts';

const saved = settingsOf({
  MemorySize: 128,
  Timeout: 3,
  EphemeralStorage: { Size: 512 },
  Handler: 'index.handler',
  Runtime: 'nodejs24.x',
  Description: 'x',
});

test('only what was changed is sent', () => {
  expect(changeBetween(saved, saved)).toEqual({});
  expect(changeBetween(saved, { ...saved, memory: '256', storage: '1024', description: '' })).toEqual({
    MemorySize: 256,
    EphemeralStorage: { Size: 1024 },
    Description: '',
  });
});

test('the limits of the API hold while one types', () => {
  expect(Object.values(settingProblems(saved)).filter(Boolean)).toEqual([]);
  for (const wrong of [
    { memory: '127' },
    { memory: '10241' },
    { memory: '12.5' },
    { memory: '' },
    { timeout: '901' },
    { storage: '511' },
    { handler: 'index' },
    { handler: 'a b.c' },
    { description: 'x'.repeat(257) },
  ]) {
    expect(Object.values(settingProblems({ ...saved, ...wrong })).filter(Boolean)).toHaveLength(1);
  }
});

test('names of variables follow Lambda', () => {
  const named = (name: string) =>
    nameProblem({ id: 1, name, value: '' }, [
      { id: 1, name, value: '' },
      { id: 2, name: 'TAKEN', value: '' },
    ]);
  for (const name of ['', 'A', '1A', 'A-B', 'AWS_REGION', '_HANDLER', 'TAKEN'])
    expect(named(name)).toBeTypeOf('string');
  for (const name of ['AB', 'WEBHOOK_SECRET', 'a1', 'NODE_OPTIONS']) expect(named(name)).toBeUndefined();
});

test('the 4 KB are those of the JSON, in bytes', () => {
  expect(bytesOf([{ id: 1, name: 'KEY', value: 'ö' }])).toBe('{"KEY":"xx"}'.length);
  expect(fits([{ id: 1, name: 'KEY', value: 'x'.repeat(4096 - '{"KEY":""}'.length) }])).toBe(true);
  expect(fits([{ id: 1, name: 'KEY', value: 'x'.repeat(4097 - '{"KEY":""}'.length) }])).toBe(false);
});
