import { expect, test } from 'vitest';
import type { JsonObject } from '../caller.ts';
import { createFunction } from '../functions/create-function.ts';
import { getFunction } from '../functions/get-function.ts';
import { getFunctionConfiguration } from '../functions/get-function-configuration.ts';
import { resolveExecutable } from '../functions/resolve-executable.ts';
import { caller, createRequest, openTestCore } from '../test-core.ts';
import { listTags } from './list-tags.ts';
import { tagResource } from './tag-resource.ts';
import { untagResource } from './untag-resource.ts';

const Resource = 'arn:aws:lambda:us-east-1:111122223333:function:hello';

async function openWithHello(request: object = {}) {
  const core = await openTestCore();
  await createFunction(core, caller, { ...createRequest('hello'), ...request });
  return { core, tags: async () => (await listTags(core, caller, { Resource })).Tags };
}

test('tags are added, replaced and removed', async () => {
  const { core, tags } = await openWithHello({ Tags: { A: 'a' } });
  await tagResource(core, caller, { Resource, Tags: { B: 'b', C: 'c' } });
  await tagResource(core, caller, { Resource, Tags: { C: 'changed' } });
  expect(await tags()).toEqual({ A: 'a', B: 'b', C: 'changed' });
  await untagResource(core, caller, { Resource, TagKeys: ['A', 'B', 'missing'] });
  expect(await tags()).toEqual({ C: 'changed' });
  await untagResource(core, caller, { Resource, TagKeys: ['C'] });
  expect(await tags()).toEqual({});
});

test('a version shows its function’s tags', async () => {
  const { core } = await openWithHello({ Publish: true });
  await tagResource(core, caller, { Resource, Tags: { A: 'a' } });
  expect((await getFunction(core, caller, { FunctionName: 'hello:1' })).Tags).toEqual({ A: 'a' });
});

test('tagging makes a new revision, but changes nothing for what runs', async () => {
  const { core } = await openWithHello();
  const { executable } = await resolveExecutable(core, caller, 'hello');
  await core.functions.idle();
  const changes: unknown[] = [];
  core.functions.onChange((...change) => changes.push(change));
  const revision = async () =>
    (await getFunctionConfiguration(core, caller, { FunctionName: 'hello' })).RevisionId;
  const before = await revision();
  await tagResource(core, caller, { Resource, Tags: { A: 'a' } });
  const tagged = await revision();
  await untagResource(core, caller, { Resource, TagKeys: ['A'] });
  expect(new Set([before, tagged, await revision()]).size).toBe(3);
  expect(changes).toEqual([]);
  expect(await resolveExecutable(core, caller, 'hello')).toMatchObject({ executable });
});

test('a function has no more than 50 tags', async () => {
  const { core, tags } = await openWithHello({ Tags: { first: '' } });
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, '']));
  await expect(tagResource(core, caller, { Resource, Tags: many(50) })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: 'Number of tags exceeds resource tag limit.',
  });
  await tagResource(core, caller, { Resource, Tags: many(49) });
  expect(Object.keys((await tags()) ?? {})).toHaveLength(50);
});

test.each<[string, JsonObject, string]>([
  ['no tags', { Resource, Tags: {} }, 'An error occurred and the request cannot be processed.'],
  [
    'a version',
    { Resource: `${Resource}:1`, Tags: { A: 'a' } },
    'Tags on function aliases and versions are not supported. Please specify a function ARN.',
  ],
  ['a missing function', { Resource: `${Resource}2`, Tags: { A: 'a' } }, `Function not found: ${Resource}2`],
  [
    'what is no function',
    {
      Resource: `arn:aws:lambda:us-east-1:111122223333:event-source-mapping:${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`,
      Tags: { A: 'a' },
    },
    'The resource you requested does not exist.',
  ],
])('tagging with %s is refused', async (_what, request, message) => {
  const { core } = await openWithHello({ Publish: true });
  await expect(tagResource(core, caller, request)).rejects.toMatchObject({ message });
});

test('keys that are AWS’s own, names instead of ARNs and missing keys are refused', async () => {
  const { core } = await openWithHello();
  await expect(tagResource(core, caller, { Resource, Tags: { 'aws:x': '' } })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
  });
  await expect(listTags(core, caller, { Resource: 'hello' })).rejects.toMatchObject({
    code: 'ValidationException',
  });
  await expect(untagResource(core, caller, { Resource })).rejects.toMatchObject({
    message:
      "1 validation error detected: Value null at 'tagKeys' failed to satisfy constraint: Member must not be null",
  });
});
