import { expect, test } from 'vitest';
import { chooseUplink, environmentAddress } from './addresses.ts';

test('environments have addresses of their own, 16,384 of them', () => {
  const addresses = Array.from({ length: 16_384 }, (_, n) => environmentAddress(n));
  expect(new Set(addresses).size).toBe(16_384);
  expect([addresses[0], addresses[257], addresses.at(-1)]).toEqual([
    '169.254.128.0',
    '169.254.129.1',
    '169.254.191.255',
  ]);
  expect(environmentAddress(16_384)).toBe('169.254.128.0');
});

test('the uplink avoids what the machine has routes to', () => {
  expect(chooseUplink(3, [])).toEqual({ host: '169.254.88.6', gateway: '169.254.88.7' });
  expect(chooseUplink(3, ['169.254.88.7', '169.254.88.8/30', 'default', '10.0.0.0/8'])).toEqual({
    host: '169.254.88.12',
    gateway: '169.254.88.13',
  });
  expect(chooseUplink(127, ['169.254.88.255']).host).toBe('169.254.88.0');
  expect(() => chooseUplink(0, ['169.254.88.0/24'])).toThrow('in use');
});
