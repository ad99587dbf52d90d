import { expect, test } from 'vitest';
import type { JsonObject } from '../caller.ts';
import { closeCore } from '../core.ts';
import { createFunction } from '../functions/create-function.ts';
import { deleteFunction } from '../functions/delete-function.ts';
import { getFunction } from '../functions/get-function.ts';
import { getFunctionConfiguration } from '../functions/get-function-configuration.ts';
import { resolveExecutable } from '../functions/resolve-executable.ts';
import { updateFunctionConfiguration } from '../functions/update-function-configuration.ts';
import { caller, createRequest, openTestCore, temporaryDirectory } from '../test-core.ts';
import { publishVersion } from '../versions/publish-version.ts';
import { createAlias } from './create-alias.ts';
import { deleteAlias } from './delete-alias.ts';
import { getAlias } from './get-alias.ts';
import { listAliases } from './list-aliases.ts';
import { updateAlias } from './update-alias.ts';

const name = { FunctionName: 'hello' };
const live = { ...name, Name: 'live' };
const arn = 'arn:aws:lambda:us-east-1:111122223333:function:hello';

/** A function with versions 1 and 2. */
async function openWithVersions(options: Parameters<typeof openTestCore>[0] = {}) {
  const core = await openTestCore(options);
  await createFunction(core, caller, { ...createRequest('hello'), Publish: true });
  await updateFunctionConfiguration(core, caller, { ...name, Timeout: 9 });
  await publishVersion(core, caller, name);
  return core;
}

test('an alias is created, read, changed and deleted', async () => {
  const core = await openWithVersions();
  const created = await createAlias(core, caller, {
    ...live,
    FunctionVersion: '1',
    Description: 'What users see.',
    RoutingConfig: { AdditionalVersionWeights: { 2: 0.2 } },
  });
  expect(created).toEqual({
    AliasArn: `${arn}:live`,
    Name: 'live',
    FunctionVersion: '1',
    Description: 'What users see.',
    RoutingConfig: { AdditionalVersionWeights: { 2: 0.2 } },
    RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(await getAlias(core, caller, live)).toEqual(created);
  const updated = await updateAlias(core, caller, { ...live, RoutingConfig: {} });
  const { RoutingConfig, ...rest } = created;
  expect(updated).toEqual({ ...rest, RevisionId: expect.not.stringMatching(String(created.RevisionId)) });
  await deleteAlias(core, caller, live);
  await deleteAlias(core, caller, live);
  await expect(getAlias(core, caller, live)).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: `Cannot find alias arn: ${arn}:live`,
  });
});

test('a function is read by an alias: the alias’s ARN, the version’s configuration', async () => {
  const core = await openWithVersions();
  await createAlias(core, caller, { ...live, FunctionVersion: '1' });
  for (const request of [{ ...name, Qualifier: 'live' }, { FunctionName: `${arn}:live` }]) {
    expect((await getFunction(core, caller, request)).Configuration).toMatchObject({
      FunctionArn: `${arn}:live`,
      Version: '1',
      Timeout: 3,
    });
  }
  await updateAlias(core, caller, { ...live, FunctionVersion: '$LATEST' });
  expect(await getFunctionConfiguration(core, caller, { ...name, Qualifier: 'live' })).toMatchObject({
    Version: '$LATEST',
    Timeout: 9,
  });
});

test('invocations follow the alias, and its changes, without a database call in between', async () => {
  const core = await openWithVersions();
  await createAlias(core, caller, { ...live, FunctionVersion: '1' });
  const first = await resolveExecutable(core, caller, 'hello', 'live');
  expect(first).toMatchObject({ invokedFunctionArn: `${arn}:live`, executable: { version: '1' } });
  expect(resolveExecutable(core, caller, 'hello:live')).not.toBeInstanceOf(Promise);
  await updateAlias(core, caller, { ...live, FunctionVersion: '2' });
  expect((await resolveExecutable(core, caller, 'hello:live')).executable.version).toBe('2');
  await deleteAlias(core, caller, live);
  await expect(resolveExecutable(core, caller, 'hello:live')).rejects.toMatchObject({
    message: `Function not found: ${arn}:live`,
  });
});

test('a routing configuration shares invocations out by weight', async () => {
  const rolls = Array.from({ length: 100 }, (_, i) => i / 100);
  let next = 0;
  const core = await openWithVersions({ random: () => rolls[next++ % 100] ?? 0 });
  await createAlias(core, caller, {
    ...live,
    FunctionVersion: '1',
    RoutingConfig: { AdditionalVersionWeights: { 2: 0.2 } },
  });
  const counts: Record<string, number> = {};
  for (let i = 0; i < 100; i += 1) {
    const { version } = (await resolveExecutable(core, caller, 'hello:live')).executable;
    counts[version] = (counts[version] ?? 0) + 1;
  }
  expect(counts).toEqual({ 1: 80, 2: 20 });
});

test.each([
  [0, 0, '1'],
  [1, 0.999, '2'],
])('a weight of %d is all or nothing', async (weight, random, version) => {
  const core = await openWithVersions({ random: () => random });
  const RoutingConfig = { AdditionalVersionWeights: { 2: weight } };
  await createAlias(core, caller, { ...live, FunctionVersion: '1', RoutingConfig });
  expect((await resolveExecutable(core, caller, 'hello:live')).executable.version).toBe(version);
});

const VALIDATION = 'ValidationException';
const INVALID = 'InvalidParameterValueException';
const MISSING = 'ResourceNotFoundException';

test.each<[string, JsonObject, string, string]>([
  [
    'two additional versions',
    { AdditionalVersionWeights: { 1: 0.1, 2: 0.1 } },
    INVALID,
    'Number of items in AdditionalVersionWeights cannot be greater than 1',
  ],
  [
    'a weight above 1',
    { AdditionalVersionWeights: { 2: 2 } },
    VALIDATION,
    "1 validation error detected: Value '{2=2.0}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]",
  ],
  [
    'the same version twice',
    { AdditionalVersionWeights: { 1: 0.5 } },
    INVALID,
    'Invalid function version 1. Function version 1 is already included in routing configuration.',
  ],
  [
    'a version that is not there',
    { AdditionalVersionWeights: { 10: 0.5 } },
    MISSING,
    `Function not found: ${arn}:10`,
  ],
  [
    '$LATEST as the additional one',
    { AdditionalVersionWeights: { $LATEST: 0.5 } },
    VALIDATION,
    "1 validation error detected: Value '{$LATEST=0.5}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+, Member must not be null]",
  ],
])('a routing configuration with %s is refused', async (_what, RoutingConfig, code, message) => {
  const core = await openWithVersions();
  const creating = createAlias(core, caller, { ...live, FunctionVersion: '1', RoutingConfig });
  await expect(creating).rejects.toMatchObject({ code, message });
  await createAlias(core, caller, { ...live, FunctionVersion: '1' });
  const updating = updateAlias(core, caller, { ...live, RoutingConfig });
  await expect(updating).rejects.toMatchObject({ code, message });
});

test('refusals are worded as Lambda’s', async () => {
  const core = await openWithVersions();
  await createAlias(core, caller, { ...live, FunctionVersion: '1' });
  const refusal = async (answer: Promise<unknown>) => {
    const { code, message } = (await answer.then(
      () => ({}),
      (error: unknown) => error,
    )) as { code?: string; message?: string };
    return `${code}: ${message}`;
  };
  expect(await refusal(createAlias(core, caller, { ...live, FunctionVersion: '1' }))).toBe(
    `ResourceConflictException: Alias already exists: ${arn}:live`,
  );
  expect(await refusal(createAlias(core, caller, { ...name, Name: 'new', FunctionVersion: '10' }))).toBe(
    `${MISSING}: Function not found: ${arn}:10`,
  );
  const unknown = { FunctionName: 'unknown', Name: 'live' };
  expect(await refusal(createAlias(core, caller, { ...unknown, FunctionVersion: '1' }))).toBe(
    `${MISSING}: Function not found: ${arn.replace('hello', 'unknown')}:1`,
  );
  const weights = { AdditionalVersionWeights: { 1: 0.5 } };
  expect(
    await refusal(
      createAlias(core, caller, { ...name, Name: 'new', FunctionVersion: '$LATEST', RoutingConfig: weights }),
    ),
  ).toBe(`${INVALID}: $LATEST is not supported for an alias pointing to more than 1 version`);
  expect(await refusal(createAlias(core, caller, { ...name, Name: '7', FunctionVersion: '1' }))).toBe(
    `${VALIDATION}: 1 validation error detected: Value '7' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)`,
  );
  expect(await refusal(updateAlias(core, caller, { ...name, Name: 'missing' }))).toBe(
    `${MISSING}: Alias not found: ${arn}:missing`,
  );
  expect(await refusal(updateAlias(core, caller, { ...live, RevisionId: 'other' }))).toMatch(
    /^PreconditionFailedException: The Revision Id provided does not match/,
  );
  for (const verb of [getAlias, deleteAlias, updateAlias, listAliases]) {
    expect(await refusal(verb(core, caller, unknown))).toMatch(/^ResourceNotFoundException: Function not/);
  }
});

test('a change that names the additional version alone keeps it from being both', async () => {
  const core = await openWithVersions();
  const RoutingConfig = { AdditionalVersionWeights: { 2: 0.5 } };
  await createAlias(core, caller, { ...live, FunctionVersion: '1', RoutingConfig });
  await expect(updateAlias(core, caller, { ...live, FunctionVersion: '2' })).rejects.toMatchObject({
    message: 'Invalid function version 2. Function version 2 is already included in routing configuration.',
  });
  const answer = await updateAlias(core, caller, { ...live, FunctionVersion: '2', RoutingConfig: {} });
  expect(answer).not.toHaveProperty('RoutingConfig');
});

test('aliases are listed by name, page by page, and by the version that they lead to', async () => {
  const core = await openWithVersions();
  for (const [alias, FunctionVersion] of [
    ['c', '2'],
    ['a', '1'],
    ['b', '1'],
  ]) {
    await createAlias(core, caller, { ...name, Name: alias, FunctionVersion });
  }
  const names = async (request: JsonObject) => {
    const found: unknown[] = [];
    let Marker: string | undefined;
    do {
      const page = await listAliases(core, caller, { ...name, ...request, Marker });
      found.push(...(page.Aliases ?? []).map(({ Name }) => Name));
      Marker = page.NextMarker;
    } while (Marker);
    return found;
  };
  expect(await names({ MaxItems: '1' })).toEqual(['a', 'b', 'c']);
  expect(await names({ FunctionVersion: '1' })).toEqual(['a', 'b']);
  expect(await names({ FunctionVersion: '9' })).toEqual([]);
});

test('a version that an alias leads to cannot be deleted; a function takes its aliases with it', async () => {
  const core = await openWithVersions();
  const RoutingConfig = { AdditionalVersionWeights: { 2: 0.5 } };
  await createAlias(core, caller, { ...live, FunctionVersion: '1', RoutingConfig });
  for (const Qualifier of ['1', '2']) {
    await expect(deleteFunction(core, caller, { ...name, Qualifier })).rejects.toMatchObject({
      code: 'ResourceConflictException',
      message: 'Unable to delete version because the following aliases reference it: [live]',
    });
  }
  await resolveExecutable(core, caller, 'hello:live');
  await deleteFunction(core, caller, name);
  expect(await core.db.alias.count()).toBe(0);
  await createFunction(core, caller, createRequest('hello'));
  await expect(resolveExecutable(core, caller, 'hello:live')).rejects.toMatchObject({ code: MISSING });
});

test('aliases outlast a restart', async () => {
  const dataDirectory = temporaryDirectory();
  const first = await openWithVersions({ dataDirectory });
  const created = await createAlias(first, caller, { ...live, FunctionVersion: '1' });
  await closeCore(first);
  const core = await openTestCore({ dataDirectory });
  expect(await getAlias(core, caller, live)).toEqual(created);
  expect((await resolveExecutable(core, caller, 'hello:live')).executable.version).toBe('1');
});
