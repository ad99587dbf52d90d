import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '../caller.ts';
import { type Core, closeCore } from '../core.ts';
import { createFunction } from '../functions/create-function.ts';
import { deleteFunction } from '../functions/delete-function.ts';
import { getAccountSettings } from '../functions/get-account-settings.ts';
import { getFunctionConfiguration } from '../functions/get-function-configuration.ts';
import { resolveExecutable } from '../functions/resolve-executable.ts';
import { updateFunctionCode } from '../functions/update-function-code.ts';
import { updateFunctionConfiguration } from '../functions/update-function-configuration.ts';
import { caller, createRequest, openTestCore, TestClock, temporaryDirectory, zipOf } from '../test-core.ts';
import { deleteLayerVersion } from './delete-layer-version.ts';
import { getLayerVersion, getLayerVersionByArn } from './get-layer-version.ts';
import { listLayerVersions } from './list-layer-versions.ts';
import { listLayers } from './list-layers.ts';
import { publishLayerVersion } from './publish-layer-version.ts';

const zip = (files: Record<string, string>) => ({ ZipFile: zipOf(files).toString('base64') });

function publish(core: Core, LayerName: string, more: object = {}, files = { 'a.txt': LayerName }) {
  return publishLayerVersion(core, caller, { LayerName, Content: zip(files), ...more });
}

const arnOf = (name: string, version: number) =>
  `arn:aws:lambda:us-east-1:111122223333:layer:${name}:${version}`;

test('a layer version is published, read by number and by ARN, and its package downloaded', async () => {
  const core = await openTestCore();
  const published = await publish(core, 'tools', {
    Description: 'Tools',
    CompatibleRuntimes: ['nodejs24.x'],
    CompatibleArchitectures: ['arm64'],
    LicenseInfo: 'MIT',
  });
  expect(published).toMatchObject({
    LayerArn: 'arn:aws:lambda:us-east-1:111122223333:layer:tools',
    LayerVersionArn: arnOf('tools', 1),
    Version: 1,
    Description: 'Tools',
    CompatibleRuntimes: ['nodejs24.x'],
    CompatibleArchitectures: ['arm64'],
    LicenseInfo: 'MIT',
    CreatedDate: '2026-01-31T10:20:30.123+0000',
  });
  expect(await getLayerVersion(core, caller, { LayerName: 'tools', VersionNumber: '1' })).toEqual(published);
  expect(await getLayerVersionByArn(core, caller, { Arn: arnOf('tools', 1) })).toEqual(published);
  const token = published.Content?.Location?.split('/').at(-1) ?? '';
  expect(core.codeLinks.verify(token)?.codeSha256).toMatch(/^[0-9a-f]{64}$/);
});

test('numbers go up and are never given again', async () => {
  const core = await openTestCore();
  const numbers = await Promise.all([1, 2, 3].map(async () => (await publish(core, 'tools')).Version));
  expect(numbers.sort()).toEqual([1, 2, 3]);
  await deleteLayerVersion(core, caller, { LayerName: 'tools', VersionNumber: 3 });
  await deleteLayerVersion(core, caller, { LayerName: 'tools', VersionNumber: 3 });
  expect((await publish(core, 'tools')).Version).toBe(4);
  const { LayerVersions } = await listLayerVersions(core, caller, { LayerName: 'tools' });
  expect(LayerVersions?.map(({ Version }) => Version)).toEqual([4, 2, 1]);
});

test('a version that does not exist is not found, and 0 is no version', async () => {
  const core = await openTestCore();
  await publish(core, 'tools');
  for (const VersionNumber of ['2', '4294967296']) {
    await expect(getLayerVersion(core, caller, { LayerName: 'tools', VersionNumber })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
    });
  }
  const huge = arnOf('tools', 1).replace(/1$/, '9'.repeat(20));
  await expect(getLayerVersionByArn(core, caller, { Arn: huge })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
  await expect(
    getLayerVersion(core, caller, { LayerName: 'tools', VersionNumber: '0' }),
  ).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
  });
  expect(await listLayerVersions(core, caller, { LayerName: 'nothing' })).toEqual({ LayerVersions: [] });
});

test('lists show the newest version that matches, page by page', async () => {
  const core = await openTestCore();
  await publish(core, 'a', { CompatibleRuntimes: ['nodejs24.x', 'python3.13'] });
  await publish(core, 'a', { CompatibleRuntimes: ['python3.13'] });
  await publish(core, 'b');
  await publish(core, 'c', { CompatibleRuntimes: ['nodejs24.x'], CompatibleArchitectures: ['x86_64'] });
  const shown = async (request: JsonObject) => {
    const { Layers = [], NextMarker } = await listLayers(core, caller, request);
    const versions = Layers.map((layer) => `${layer.LayerName}:${layer.LatestMatchingVersion?.Version}`);
    return { versions, NextMarker };
  };
  const first = await shown({ MaxItems: '2' });
  expect(first.versions).toEqual(['a:2', 'b:1']);
  expect(await shown({ Marker: first.NextMarker })).toEqual({ versions: ['c:1'], NextMarker: undefined });
  expect((await shown({ CompatibleRuntime: 'nodejs24.x' })).versions).toEqual(['a:1', 'c:1']);
  expect((await shown({ CompatibleArchitecture: 'x86_64' })).versions).toEqual(['c:1']);
  const page = await listLayerVersions(core, caller, { LayerName: 'a', MaxItems: 1 });
  expect(page.LayerVersions?.map(({ Version }) => Version)).toEqual([2]);
  const rest = await listLayerVersions(core, caller, { LayerName: 'a', Marker: page.NextMarker });
  expect(rest.LayerVersions?.map(({ Version }) => Version)).toEqual([1]);
  expect(await listLayers(core, { ...caller, accountId: '999999999999' }, {})).toEqual({ Layers: [] });
});

test('packages in buckets and unknown runtimes are refused', async () => {
  const core = await openTestCore();
  await expect(publish(core, 'a', { Content: { S3Bucket: 'b', S3Key: 'k' } })).rejects.toMatchObject({
    message: 'Hearth does not support Content.S3Bucket, Content.S3Key yet.',
  });
  await expect(publish(core, 'a', { CompatibleRuntimes: ['cobol'] })).rejects.toMatchObject({
    code: 'ValidationException',
  });
  await expect(publish(core, 'not a name')).rejects.toMatchObject({ code: 'ValidationException' });
});

test('a function sees its layers merged, the later over the earlier, also after a restart and their deletion', async () => {
  const dataDirectory = temporaryDirectory();
  let core = await openTestCore({ dataDirectory });
  await publish(core, 'one', {}, { 'lib/x.txt': 'one', 'lib/one.txt': '1', both: 'a file' } as never);
  await publish(core, 'two', {}, { 'lib/x.txt': 'two', 'both/file': 'in a directory' } as never);
  const Layers = [arnOf('one', 1), arnOf('two', 1)];
  const created = await createFunction(core, caller, { ...createRequest('f'), Layers });
  expect(created.Layers?.map(({ Arn }) => Arn)).toEqual(Layers);
  expect(created.Layers?.[0]?.CodeSize).toBeGreaterThan(0);
  for (const [index] of Layers.entries()) {
    await deleteLayerVersion(core, caller, { LayerName: ['one', 'two'][index], VersionNumber: 1 });
  }
  await closeCore(core);
  core = await openTestCore({ dataDirectory });
  const { executable } = await resolveExecutable(core, caller, 'f');
  const read = (file: string) => readFileSync(path.join(executable.layersDirectory ?? '', file), 'utf8');
  expect([read('lib/x.txt'), read('lib/one.txt'), read('both/file')]).toEqual(['two', '1', 'in a directory']);

  await updateFunctionConfiguration(core, caller, { FunctionName: 'f', Description: 'same layers' });
  expect((await getFunctionConfiguration(core, caller, { FunctionName: 'f' })).Layers).toHaveLength(2);
  const without = await updateFunctionConfiguration(core, caller, { FunctionName: 'f', Layers: [] });
  expect(without).not.toHaveProperty('Layers');
  expect((await resolveExecutable(core, caller, 'f')).executable.layersDirectory).toBeNull();
});

test('what nobody uses any more is collected, and what somebody uses is not', async () => {
  const clock = new TestClock();
  const core = await openTestCore({ clock });
  await publish(core, 'a');
  await createFunction(core, caller, { ...createRequest('f'), Layers: [arnOf('a', 1)] });
  const { executable } = await resolveExecutable(core, caller, 'f');
  const file = path.join(executable.layersDirectory ?? '', 'a.txt');
  const collect = async () => {
    clock.milliseconds += 61_000;
    core.codeStore.releaseSoon('0'.repeat(64));
    await core.codeStore.close();
  };
  await deleteLayerVersion(core, caller, { LayerName: 'a', VersionNumber: 1 });
  await collect();
  expect(readFileSync(file, 'utf8')).toBe('a');
  await deleteFunction(core, caller, { FunctionName: 'f' });
  await collect();
  expect(() => readFileSync(file)).toThrow('ENOENT');
});

test('layers count towards the account’s code storage', async () => {
  const core = await openTestCore();
  await publish(core, 'a');
  const used = async () => (await getAccountSettings(core, caller, {})).AccountUsage;
  expect(await used()).toMatchObject({ FunctionCount: 0, TotalCodeSize: expect.any(Number) });
  expect((await used())?.TotalCodeSize).toBeGreaterThan(0);
  await deleteLayerVersion(core, caller, { LayerName: 'a', VersionNumber: 1 });
  expect((await used())?.TotalCodeSize).toBe(0);
});

test('layers that a function cannot have are refused in Lambda’s words', async () => {
  const core = await openTestCore();
  for (const name of ['a', 'a', 'b', 'c', 'd', 'e', 'f']) await publish(core, name);
  const other = 'arn:aws:lambda:eu-west-1:111122223333:layer:a:1';
  const cases: [string[], string][] = [
    [['b', 'c', 'd', 'e', 'f', 'a'].map((name) => arnOf(name, 1)), 'Cannot reference more than 5 layers.'],
    [[arnOf('a', 9)], `Layer version ${arnOf('a', 9)} does not exist.`],
    [
      [arnOf('a', 1), arnOf('a', 2)],
      'Two different versions of the same layer are not allowed to be referenced in the same function. ' +
        `${arnOf('a', 1)} and ${arnOf('a', 2)} are versions of the same layer.`,
    ],
    [
      [other],
      'Layers are not in the same region as the function. Layers are expected to be in region us-east-1.',
    ],
  ];
  for (const [Layers, message] of cases) {
    await expect(createFunction(core, caller, { ...createRequest('f'), Layers })).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message,
    });
  }
  await expect(
    createFunction(core, caller, { ...createRequest('f'), Layers: ['a:1'] }),
  ).rejects.toMatchObject({
    code: 'ValidationException',
  });
});

test('code and layers may have 250 MB together, whichever comes last', async () => {
  const core = await openTestCore();
  await publish(core, 'big');
  await createFunction(core, caller, createRequest('plain'));
  const Layers = [arnOf('big', 1)];
  const setSize = (codeUnzippedSize: bigint) =>
    core.db.layerVersion.updateMany({ data: { codeUnzippedSize } });
  // As if it held so many bytes: with the function's own 31 it is one too many.
  await setSize(262_144_000n - 30n);
  const tooLarge = {
    code: 'InvalidParameterValueException',
    message:
      'Function code combined with layers exceeds the maximum allowed size of 262144000 bytes. ' +
      'The actual size is 262144001 bytes.',
  };
  const code = 'export const handler = () => 1;';
  expect(code).toHaveLength(31);
  const layered = { ...createRequest('layered', code), Layers };
  await expect(createFunction(core, caller, layered)).rejects.toMatchObject(tooLarge);
  await expect(
    updateFunctionConfiguration(core, caller, { FunctionName: 'plain', Layers }),
  ).rejects.toMatchObject(tooLarge);
  await setSize(262_144_000n - 31n);
  await createFunction(core, caller, layered);
  await expect(
    updateFunctionCode(core, caller, { FunctionName: 'layered', ...zip({ 'index.mjs': `${code} ` }) }),
  ).rejects.toMatchObject(tooLarge);
});

test('nothing of a layer is seen or changed by another account', async () => {
  const core = await openTestCore();
  await publish(core, 'a');
  const stranger = { ...caller, accountId: '999999999999', arn: 'arn:aws:iam::999999999999:root' };
  const LayerName = 'arn:aws:lambda:us-east-1:111122223333:layer:a';
  const denied = { code: 'AccessDeniedException' };
  const version = { LayerName, VersionNumber: 1 };
  await expect(getLayerVersion(core, stranger, version)).rejects.toMatchObject(denied);
  await expect(getLayerVersionByArn(core, stranger, { Arn: arnOf('a', 1) })).rejects.toMatchObject(denied);
  await expect(listLayerVersions(core, stranger, { LayerName })).rejects.toMatchObject(denied);
  await expect(deleteLayerVersion(core, stranger, version)).rejects.toMatchObject(denied);
  await expect(
    publishLayerVersion(core, stranger, { LayerName, Content: zip({ a: 'b' }) }),
  ).rejects.toMatchObject(denied);
  await expect(
    createFunction(core, stranger, { ...createRequest('f'), Layers: [arnOf('a', 1)] }),
  ).rejects.toMatchObject(denied);
});
