import { expect, test } from 'vitest';
import { formatBytes } from './format-bytes.ts';
import { formatMilliseconds, formatSeconds } from './format-duration.ts';

test.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [1024, '1.0 KB'],
  [1500, '1.5 KB'],
  [20_480, '20 KB'],
  [52_428_800, '50 MB'],
])('%d bytes are shown as %s', (bytes, shown) => {
  expect(formatBytes(bytes)).toBe(shown);
});

test.each([
  [3, '3 s'],
  [60, '1 min'],
  [90, '1 min 30 s'],
  [900, '15 min'],
])('%d seconds are shown as %s', (seconds, shown) => {
  expect(formatSeconds(seconds)).toBe(shown);
});

test.each([
  [0.836, '0.84 ms'],
  [12.34, '12.3 ms'],
  [480.4, '480 ms'],
  [2312, '2.31 s'],
])('%d milliseconds are shown as %s', (milliseconds, shown) => {
  expect(formatMilliseconds(milliseconds)).toBe(shown);
});
