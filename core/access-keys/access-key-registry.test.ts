import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { closeCore } from '../core.ts';
import { caller, openTestCore, temporaryDirectory } from '../test-core.ts';
import { findAccessKey } from './find-access-key.ts';

test('a root key pair is generated once, kept, and not readable in the registry', async () => {
  const dataDirectory = temporaryDirectory();
  const first = await openTestCore({ dataDirectory });
  const { root } = first.accessKeys;
  expect(root.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
  expect(root.secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
  expect(root.arn).toBe('arn:aws:iam::111122223333:root');
  await closeCore(first);
  expect(readFileSync(path.join(dataDirectory, 'registry.db')).includes(root.secretAccessKey)).toBe(false);
  const second = await openTestCore({ dataDirectory });
  expect(second.accessKeys.root).toEqual(root);
  expect(findAccessKey(second, root.accessKeyId)).toEqual(root);
});

test("the configuration's root key pair takes the place of the generated one", async () => {
  const dataDirectory = temporaryDirectory();
  const first = await openTestCore({ dataDirectory });
  const generated = first.accessKeys.root.accessKeyId;
  await closeCore(first);
  const rootAccessKey = { accessKeyId: 'test', secretAccessKey: 'test' };
  const second = await openTestCore({ dataDirectory, rootAccessKey });
  expect(findAccessKey(second, generated)).toBeUndefined();
  expect(findAccessKey(second, 'test')).toMatchObject({ ...rootAccessKey, active: true });
  expect(second.accessKeys.root.accessKeyId).toBe('test');
});

test("a user's keys are found, listed and deleted, also after a restart", async () => {
  const dataDirectory = temporaryDirectory();
  const first = await openTestCore({ dataDirectory });
  const key = await first.accessKeys.create(caller.accountId, 'ann');
  const gone = await first.accessKeys.create(caller.accountId, 'ann');
  expect(key.arn).toBe('arn:aws:iam::111122223333:user/ann');
  expect(await first.accessKeys.delete(gone.accessKeyId)).toBe(true);
  expect(await first.accessKeys.delete(gone.accessKeyId)).toBe(false);
  await closeCore(first);
  const second = await openTestCore({ dataDirectory });
  expect(second.accessKeys.list(caller.accountId, 'ann')).toEqual([key]);
  expect(second.accessKeys.list(caller.accountId, 'bob')).toEqual([]);
  expect(findAccessKey(second, gone.accessKeyId)).toBeUndefined();
});
