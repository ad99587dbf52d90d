import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TestClock } from '../test-core.ts';
import { CodeLinks } from './code-links.ts';

const codeSha256 = 'ab'.repeat(32);
const key = Buffer.alloc(32, 1);

test('a link works for ten minutes', () => {
  const clock = new TestClock();
  const links = new CodeLinks(key, clock);
  const token = links.issue(codeSha256);
  clock.milliseconds += 599_000;
  expect(links.verify(token)).toEqual({ codeSha256 });
  clock.milliseconds += 1000;
  expect(links.verify(token)).toBeUndefined();
});

test('a link that is changed in any place, or of another server, is none', () => {
  const clock = new TestClock();
  const token = new CodeLinks(key, clock).issue(codeSha256);
  expect(new CodeLinks(Buffer.alloc(32, 2), clock).verify(token)).toBeUndefined();
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom('0', 'a', 'Z', '.', '/', '\0'), (at, character) => {
      const changed = token.slice(0, at) + character + token.slice(at + 1);
      fc.pre(changed !== token);
      expect(new CodeLinks(key, clock).verify(changed)).toBeUndefined();
    }),
  );
  for (const odd of ['', '.', '..', token.slice(1), `${token}x`]) {
    expect(new CodeLinks(key, clock).verify(odd)).toBeUndefined();
  }
});
