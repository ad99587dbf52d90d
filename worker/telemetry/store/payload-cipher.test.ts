import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PayloadCipher } from './payload-cipher.ts';

const cipher = new PayloadCipher(Buffer.alloc(32, 3));
const payload = fc.option(fc.uint8Array(), { nil: undefined });

test('what is encrypted for an invocation comes back, empty and absent payloads told apart', () => {
  fc.assert(
    fc.property(payload, payload, (event, response) => {
      const opened = cipher.decrypt(cipher.encrypt({ event, response }, 'id'), 'id');
      expect(opened.event && new Uint8Array(opened.event)).toEqual(event);
      expect(opened.response && new Uint8Array(opened.response)).toEqual(response);
    }),
  );
});

test('no two encryptions are alike', () => {
  const seen = new Set<string>();
  for (let count = 0; count < 2000; count += 1) {
    seen.add(cipher.encrypt({ event: Buffer.from('same'), response: undefined }, 'id').toString('hex'));
  }
  expect(seen.size).toBe(2000);
});

test('another invocation, another key or a changed byte opens nothing', () => {
  const sealed = cipher.encrypt({ event: Buffer.from('secret'), response: undefined }, 'id');
  expect(sealed.includes('secret')).toBe(false);
  expect(() => cipher.decrypt(sealed, 'other')).toThrow();
  expect(() => new PayloadCipher(Buffer.alloc(32, 4)).decrypt(sealed, 'id')).toThrow();
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Buffer.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(() => cipher.decrypt(changed, 'id')).toThrow();
  }
});
