import { expect, test } from 'vitest';
import { parseReport } from './report.ts';

const warm =
  'REPORT RequestId: 6f3a\tDuration: 1.23 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 33 MB\t\n';

test('a warm invocation has no init duration', () => {
  expect(parseReport(`START RequestId: 6f3a Version: $LATEST\nhello\nEND RequestId: 6f3a\n${warm}`)).toEqual({
    duration: 1.23,
    billedDuration: 2,
    memorySize: 128,
    maxMemoryUsed: 33,
    initDuration: undefined,
    status: undefined,
  });
});

test('a cold start reports its init duration', () => {
  expect(parseReport(`${warm.trimEnd()}\tInit Duration: 95.10 ms\t\n`)?.initDuration).toBe(95.1);
});

test('a timeout is reported as the status', () => {
  expect(parseReport(`${warm.trimEnd()}\tStatus: timeout\n`)?.status).toBe('timeout');
});

test('a line that only looks like a report is no report', () => {
  expect(parseReport('REPORT RequestId: x\tDuration: fast\n')).toBeUndefined();
  expect(parseReport('')).toBeUndefined();
});

test('a function that prints a REPORT line of its own does not hide the real one', () => {
  expect(parseReport(`REPORT RequestId: fake\tDuration: 9 ms\n${warm}`)?.duration).toBe(1.23);
});
