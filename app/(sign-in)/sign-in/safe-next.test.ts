import { expect, test } from 'vitest';
import { safeNext } from './safe-next.ts';

test('a page of the console is returned to', () => {
  expect(safeNext('/functions/hello?tab=configuration')).toBe('/functions/hello?tab=configuration');
});

test('nothing leads out of the console', () => {
  for (const next of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    undefined,
    ['/a', '/b'],
  ]) {
    expect(safeNext(next)).toBe('/functions');
  }
});
