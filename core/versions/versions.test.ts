import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { closeCore } from '../core.ts';
import { createFunction } from '../functions/create-function.ts';
import { deleteFunction } from '../functions/delete-function.ts';
import { getAccountSettings } from '../functions/get-account-settings.ts';
import { getFunction } from '../functions/get-function.ts';
import { getFunctionConfiguration } from '../functions/get-function-configuration.ts';
import { listFunctions } from '../functions/list-functions.ts';
import { resolveExecutable } from '../functions/resolve-executable.ts';
import { updateFunctionCode } from '../functions/update-function-code.ts';
import { updateFunctionConfiguration } from '../functions/update-function-configuration.ts';
import { caller, createRequest, openTestCore, TestClock, temporaryDirectory, zipOf } from '../test-core.ts';
import { listVersionsByFunction } from './list-versions-by-function.ts';
import { publishVersion } from './publish-version.ts';

const name = { FunctionName: 'hello' };
const arn = 'arn:aws:lambda:us-east-1:111122223333:function:hello';
const zip = (code: string) => zipOf({ 'index.mjs': code }).toString('base64');

async function openWithHello(request: object = {}, options: Parameters<typeof openTestCore>[0] = {}) {
  const core = await openTestCore(options);
  const created = await createFunction(core, caller, { ...createRequest('hello'), ...request });
  return { core, created };
}

test('a version is a copy of $LATEST under the next number, active at once', async () => {
  const { core } = await openWithHello({ Environment: { Variables: { KEY: 'one' } } });
  const latest = await getFunctionConfiguration(core, caller, name);
  const version = await publishVersion(core, caller, { ...name, Description: 'First.' });
  expect(version).toEqual({
    ...latest,
    FunctionArn: `${arn}:1`,
    Version: '1',
    Description: 'First.',
    RevisionId: expect.not.stringMatching(String(latest.RevisionId)),
    ConfigSha256: expect.any(String),
  });
  const after = await getFunctionConfiguration(core, caller, name);
  expect(after).toEqual({ ...latest, RevisionId: expect.not.stringMatching(String(latest.RevisionId)) });
});

test('a version stays as it is, whatever happens to $LATEST', async () => {
  const { core } = await openWithHello({ Environment: { Variables: { KEY: 'one' } } });
  await publishVersion(core, caller, name);
  const version = await getFunction(core, caller, { ...name, Qualifier: '1' });
  await updateFunctionConfiguration(core, caller, {
    ...name,
    Timeout: 9,
    Environment: { Variables: { KEY: 'two' } },
  });
  await updateFunctionCode(core, caller, { ...name, ZipFile: zip('export const handler = () => 2;') });
  await publishVersion(core, caller, name);
  const again = await getFunction(core, caller, { FunctionName: `${arn}:1` });
  expect(again.Configuration).toEqual(version.Configuration);
  const one = await resolveExecutable(core, caller, 'hello:1');
  const two = await resolveExecutable(core, caller, 'hello', '2');
  expect(one.executable).toMatchObject({
    version: '1',
    timeoutSeconds: 3,
    environmentVariables: { KEY: 'one' },
  });
  expect(two.executable).toMatchObject({
    version: '2',
    timeoutSeconds: 9,
    environmentVariables: { KEY: 'two' },
  });
  expect(one.executable.codeDirectory).not.toBe(two.executable.codeDirectory);
  expect(one.invokedFunctionArn).toBe(`${arn}:1`);
});

test('what has not changed since the last version is not published again, whatever its description', async () => {
  const { core } = await openWithHello();
  const first = await publishVersion(core, caller, { ...name, Description: 'First.' });
  const { RevisionId } = await getFunctionConfiguration(core, caller, name);
  expect(await publishVersion(core, caller, { ...name, Description: 'Second.' })).toEqual(first);
  expect((await getFunctionConfiguration(core, caller, name)).RevisionId).toBe(RevisionId);
  await updateFunctionConfiguration(core, caller, { ...name, Timeout: 9 });
  expect((await publishVersion(core, caller, name)).Version).toBe('2');
});

test('two requests at once publish one version', async () => {
  const { core } = await openWithHello();
  const versions = await Promise.all([1, 2, 3].map(() => publishVersion(core, caller, name)));
  expect(versions.map(({ Version }) => Version)).toEqual(['1', '1', '1']);
});

test('numbers are never given again', async () => {
  const { core } = await openWithHello();
  await publishVersion(core, caller, name);
  await deleteFunction(core, caller, { ...name, Qualifier: '1' });
  expect((await publishVersion(core, caller, name)).Version).toBe('2');
});

test('a publication that expects other code or another revision is refused', async () => {
  const { core } = await openWithHello();
  const { CodeSha256, RevisionId } = await getFunctionConfiguration(core, caller, name);
  await expect(publishVersion(core, caller, { ...name, CodeSha256: 'other' })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: `CodeSHA256 (other) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
  });
  await expect(publishVersion(core, caller, { ...name, RevisionId: 'other' })).rejects.toMatchObject({
    code: 'PreconditionFailedException',
  });
  expect((await publishVersion(core, caller, { ...name, CodeSha256, RevisionId })).Version).toBe('1');
});

test('a function can be created with its first version, which is the answer', async () => {
  const { core, created } = await openWithHello({ Publish: true });
  expect(created).toMatchObject({ Version: '1', FunctionArn: `${arn}:1`, State: 'Pending' });
  expect(await getFunctionConfiguration(core, caller, { FunctionName: 'hello:1' })).toMatchObject({
    Version: '1',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  });
  expect((await getFunctionConfiguration(core, caller, name)).Version).toBe('$LATEST');
  expect((await publishVersion(core, caller, name)).Version).toBe('1');
});

test('code can be changed and published at once; the same code is not published again', async () => {
  const { core } = await openWithHello();
  const request = { ...name, ZipFile: zip('export const handler = () => 2;'), Publish: true };
  const answer = await updateFunctionCode(core, caller, request);
  expect(answer).toMatchObject({ Version: '1', FunctionArn: `${arn}:1`, State: 'Pending' });
  expect(answer).not.toHaveProperty('LastUpdateStatus');
  const latest = await getFunctionConfiguration(core, caller, name);
  expect(latest).toMatchObject({ CodeSha256: answer.CodeSha256, LastUpdateStatus: 'Successful' });
  expect((await updateFunctionCode(core, caller, request)).Version).toBe('1');
});

test('a publication that a crash interrupted is finished at the next start', async () => {
  const dataDirectory = temporaryDirectory();
  const first = await openTestCore({ dataDirectory });
  await createFunction(first, caller, { ...createRequest('hello'), Publish: true });
  await first.functions.idle();
  await first.db.function.updateMany({ data: { state: 'Pending', lastUpdateStatus: null } });
  await closeCore(first);
  const core = await openTestCore({ dataDirectory });
  expect(await core.db.function.count({ where: { state: 'Active' } })).toBe(2);
});

test('versions are listed after $LATEST by number, with qualified ARNs, page by page', async () => {
  const { core } = await openWithHello();
  for (let i = 1; i <= 11; i += 1) {
    await updateFunctionConfiguration(core, caller, { ...name, Description: `${i}` });
    await publishVersion(core, caller, name);
  }
  const versions = [];
  let Marker: string | undefined;
  do {
    const page = await listVersionsByFunction(core, caller, { ...name, MaxItems: '5', Marker });
    versions.push(...(page.Versions ?? []));
    Marker = page.NextMarker;
  } while (Marker);
  const numbers = ['$LATEST', ...Array.from({ length: 11 }, (_, i) => String(i + 1))];
  expect(versions.map(({ Version }) => Version)).toEqual(numbers);
  expect(versions.map(({ FunctionArn }) => FunctionArn)).toEqual(numbers.map((n) => `${arn}:${n}`));
  expect(versions[3]).not.toHaveProperty('State');
  await expect(listVersionsByFunction(core, caller, { FunctionName: 'missing' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
});

test('ListFunctions shows versions only with FunctionVersion ALL, page by page', async () => {
  const { core } = await openWithHello({ Publish: true });
  await createFunction(core, caller, { ...createRequest('again'), Publish: true });
  const { Functions: plain } = await listFunctions(core, caller, {});
  expect(plain?.map(({ FunctionName }) => FunctionName)).toEqual(['again', 'hello']);
  const arns: unknown[] = [];
  let Marker: string | undefined;
  do {
    const request = { FunctionVersion: 'ALL', MasterRegion: 'ALL', MaxItems: '1', Marker };
    const page = await listFunctions(core, caller, request);
    arns.push(...(page.Functions ?? []).map(({ FunctionArn }) => FunctionArn));
    Marker = page.NextMarker;
  } while (Marker);
  const again = arn.replace('hello', 'again');
  expect(arns).toEqual([`${again}:$LATEST`, `${again}:1`, `${arn}:$LATEST`, `${arn}:1`]);
});

test('no function has a master in another region, and asking for one takes FunctionVersion ALL', async () => {
  const { core } = await openWithHello();
  const request = { FunctionVersion: 'ALL', MasterRegion: 'eu-west-1' };
  expect(await listFunctions(core, caller, request)).toEqual({ Functions: [] });
  await expect(listFunctions(core, caller, { MasterRegion: 'ALL' })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
  });
});

test('the code of a version is kept as long as the version, and counts', async () => {
  const clock = new TestClock();
  const { core, created } = await openWithHello({ Publish: true }, { clock });
  const size = Number(created.CodeSize);
  const file = core.codeStore.zipFile(Buffer.from(String(created.CodeSha256), 'base64').toString('hex'));
  const later = async () => {
    clock.milliseconds += 61_000;
    core.codeStore.releaseSoon('0'.repeat(64));
    await core.codeStore.close();
  };
  const usage = async () => (await getAccountSettings(core, caller, {})).AccountUsage;
  expect(await usage()).toEqual({ FunctionCount: 1, TotalCodeSize: 2 * size });
  const code = 'export const handler = () => 2;';
  await updateFunctionCode(core, caller, { ...name, ZipFile: zip(code) });
  await later();
  expect(existsSync(file)).toBe(true);
  await deleteFunction(core, caller, { FunctionName: 'hello:1' });
  await later();
  expect(existsSync(file)).toBe(false);
  expect(await usage()).toEqual({
    FunctionCount: 1,
    TotalCodeSize: Buffer.from(zip(code), 'base64').length,
  });
});

test('usage is the same after a restart', async () => {
  const dataDirectory = temporaryDirectory();
  const { core: first } = await openWithHello({ Publish: true }, { dataDirectory });
  const before = await getAccountSettings(first, caller, {});
  await closeCore(first);
  const core = await openTestCore({ dataDirectory });
  expect(await getAccountSettings(core, caller, {})).toEqual(before);
});

test('a deleted version is gone, deleting it again changes nothing, and others stay', async () => {
  const { core } = await openWithHello({ Publish: true });
  await resolveExecutable(core, caller, 'hello:1');
  await core.functions.idle();
  const changes: unknown[] = [];
  core.functions.onChange((...change) => changes.push(change));
  await deleteFunction(core, caller, { ...name, Qualifier: '1' });
  await deleteFunction(core, caller, { ...name, Qualifier: '1' });
  expect(changes).toEqual([[arn, '1', null]]);
  await expect(getFunction(core, caller, { ...name, Qualifier: '1' })).rejects.toMatchObject({
    message: `Function not found: ${arn}:1`,
  });
  await expect(resolveExecutable(core, caller, 'hello:1')).rejects.toMatchObject({
    message: `Function not found: ${arn}:1`,
  });
  expect((await getFunctionConfiguration(core, caller, name)).Version).toBe('$LATEST');
});

test('a function takes its versions with it, and everybody is told', async () => {
  const { core } = await openWithHello({ Publish: true });
  await core.functions.idle();
  const changes: unknown[] = [];
  core.functions.onChange((...change) => changes.push(change));
  await deleteFunction(core, caller, name);
  expect(changes).toEqual([
    [arn, '$LATEST', null],
    [arn, '1', null],
  ]);
  expect(await core.db.function.count()).toBe(0);
  expect((await getAccountSettings(core, caller, {})).AccountUsage).toEqual({
    FunctionCount: 0,
    TotalCodeSize: 0,
  });
  await createFunction(core, caller, createRequest('hello'));
  expect((await publishVersion(core, caller, name)).Version).toBe('1');
});

test('a change of $LATEST leaves what is known of versions alone', async () => {
  const { core } = await openWithHello({ Publish: true });
  const { executable } = await resolveExecutable(core, caller, 'hello:1');
  await core.functions.idle();
  const changes: unknown[] = [];
  core.functions.onChange((_arn, version) => changes.push(version));
  await updateFunctionConfiguration(core, caller, { ...name, Timeout: 9 });
  await core.functions.idle();
  expect(changes).toEqual(['$LATEST']);
  expect(await resolveExecutable(core, caller, 'hello:1')).toMatchObject({ executable });
});

test.each(['01', '0', '1234567890'])('there is no version %s', async (Qualifier) => {
  const { core } = await openWithHello({ Publish: true });
  await expect(getFunction(core, caller, { ...name, Qualifier })).rejects.toMatchObject({
    message: `Function not found: ${arn}:${Qualifier}`,
  });
  await deleteFunction(core, caller, { ...name, Qualifier });
  expect(await core.db.function.count()).toBe(2);
});
