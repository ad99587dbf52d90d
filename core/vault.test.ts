import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from './test-core.ts';
import { openVault } from './vault.ts';

function files() {
  const directory = temporaryDirectory();
  return { key: path.join(directory, 'master.key'), registry: path.join(directory, 'registry.db') };
}

test('a text comes back after the vault is opened again, and is never stored as it is', async () => {
  const { key, registry } = files();
  const sealed = (await openVault(key, registry)).encrypt('sécret', 'row/1');
  expect(Buffer.from(sealed.slice(3), 'base64').includes('cret')).toBe(false);
  expect((await openVault(key, registry)).decrypt(sealed, 'row/1')).toBe('sécret');
});

test('the same text is encrypted differently each time', async () => {
  const { key, registry } = files();
  const vault = await openVault(key, registry);
  expect(vault.encrypt('x', 'c')).not.toBe(vault.encrypt('x', 'c'));
});

test('another context, another key or a changed byte does not decrypt', async () => {
  const { key, registry } = files();
  const vault = await openVault(key, registry);
  const sealed = vault.encrypt('secret', 'row/1');
  const changed = Buffer.from(sealed.slice(3), 'base64');
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  const other = files();
  const otherVault = await openVault(other.key, other.registry);
  expect(() => vault.decrypt(sealed, 'row/2')).toThrow();
  expect(() => vault.decrypt(`v1:${changed.toString('base64')}`, 'row/1')).toThrow();
  expect(() => otherVault.decrypt(sealed, 'row/1')).toThrow();
  expect(() => vault.decrypt('plain', 'row/1')).toThrow();
});

test('only the owner may read the key, and it tells no derived one', async () => {
  const { key, registry } = files();
  const vault = await openVault(key, registry);
  expect(statSync(key).mode & 0o777).toBe(0o600);
  expect(vault.deriveKey('links')).toEqual(vault.deriveKey('links'));
  expect(vault.deriveKey('links')).not.toEqual(vault.deriveKey('other'));
  expect(vault.deriveKey('links')).not.toEqual(readFileSync(key));
});

test('a lost or damaged key is reported, not replaced', async () => {
  const { key, registry } = files();
  await openVault(key, registry);
  writeFileSync(registry, '');
  writeFileSync(key, 'short');
  await expect(openVault(key, registry)).rejects.toThrow(/does not hold a key/);
  rmSync(key);
  await expect(openVault(key, registry)).rejects.toThrow(/is missing/);
});
