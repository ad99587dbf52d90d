import { expect, test } from 'vitest';
import { createAlias } from '../aliases/create-alias.ts';
import { deleteAlias } from '../aliases/delete-alias.ts';
import type { Caller, JsonObject } from '../caller.ts';
import { closeCore } from '../core.ts';
import { createFunction } from '../functions/create-function.ts';
import { deleteFunction } from '../functions/delete-function.ts';
import { getFunction } from '../functions/get-function.ts';
import { resolveExecutable } from '../functions/resolve-executable.ts';
import { updateFunctionConfiguration } from '../functions/update-function-configuration.ts';
import { deleteLayerVersion } from '../layers/delete-layer-version.ts';
import { getLayerVersion } from '../layers/get-layer-version.ts';
import {
  addLayerVersionPermission,
  getLayerVersionPolicy,
  removeLayerVersionPermission,
} from '../layers/layer-version-permissions.ts';
import { publishLayerVersion } from '../layers/publish-layer-version.ts';
import { caller, createRequest, openTestCore, temporaryDirectory, zipOf } from '../test-core.ts';
import { publishVersion } from '../versions/publish-version.ts';
import { addPermission } from './add-permission.ts';
import { isAllowedByPolicy } from './authorize.ts';
import { getPolicy } from './get-policy.ts';
import { removePermission } from './remove-permission.ts';

const arn = 'arn:aws:lambda:us-east-1:111122223333:function:f';
const stranger: Caller = {
  ...caller,
  accountId: '444455556666',
  arn: 'arn:aws:iam::444455556666:user/bob',
};

async function openWithFunction(dataDirectory?: string) {
  const core = await openTestCore(dataDirectory === undefined ? {} : { dataDirectory });
  await createFunction(core, caller, createRequest('f'));
  await core.functions.idle();
  return core;
}

const permission = { FunctionName: 'f', StatementId: 'sid', Action: 'lambda:InvokeFunction' };
const conditions = {
  SourceArn: 'arn:aws:s3:::bucket*',
  SourceAccount: '111122223333',
  EventSourceToken: 'token',
  FunctionUrlAuthType: 'NONE',
  InvokedViaFunctionUrl: true,
  PrincipalOrgID: 'o-0123456789',
};

test.each<[string, JsonObject, string]>([
  ['a service', { Principal: 's3.amazonaws.com' }, '{"Service":"s3.amazonaws.com"}'],
  ['an account', { Principal: '444455556666' }, '{"AWS":"arn:aws:iam::444455556666:root"}'],
  ['a user', { Principal: stranger.arn }, `{"AWS":"${stranger.arn}"}`],
  ['everybody', { Principal: '*' }, '"*"'],
])('a permission of %s is a statement in Lambda’s order', async (_, input, principal) => {
  const core = await openWithFunction();
  const { Statement } = await addPermission(core, caller, { ...permission, ...input });
  const expected = `{"Sid":"sid","Effect":"Allow","Principal":${principal},"Action":"lambda:InvokeFunction","Resource":"${arn}"}`;
  expect(Statement).toBe(expected);
  const { Policy, RevisionId } = await getPolicy(core, caller, { FunctionName: 'f' });
  expect(Policy).toBe(`{"Version":"2012-10-17","Id":"default","Statement":[${expected}]}`);
  expect(RevisionId).toMatch(/^[0-9a-f-]{36}$/);
});

test('conditions are written as Lambda writes them', async () => {
  const core = await openWithFunction();
  const { Statement = '' } = await addPermission(core, caller, {
    ...permission,
    ...conditions,
    Principal: 's3.amazonaws.com',
  });
  expect(JSON.stringify(JSON.parse(Statement).Condition)).toBe(
    '{"StringEquals":{"AWS:SourceAccount":"111122223333","lambda:EventSourceToken":"token",' +
      '"lambda:FunctionUrlAuthType":"NONE","aws:PrincipalOrgID":"o-0123456789"},' +
      '"Bool":{"lambda:InvokedViaFunctionUrl":"true"},"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::bucket*"}}',
  );
});

test('what cannot be a permission is refused in Lambda’s words', async () => {
  const core = await openWithFunction();
  const add = (input: JsonObject) => addPermission(core, caller, { ...permission, Principal: '*', ...input });
  await expect(add({ Principal: 'somebody' })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: 'The provided principal was invalid. Please check the principal and try again.',
  });
  await expect(add({ Qualifier: '$LATEST' })).rejects.toMatchObject({
    message: 'We currently do not support adding policies for $LATEST.',
  });
  await expect(add({ Action: 's3:GetObject' })).rejects.toMatchObject({ code: 'ValidationException' });
  await expect(add({ FunctionName: 'missing' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: 'Function not found: arn:aws:lambda:us-east-1:111122223333:function:missing',
  });
  await add({});
  await expect(add({})).rejects.toMatchObject({
    code: 'ResourceConflictException',
    message:
      'The statement id (sid) provided already exists. Please provide a new statement id, or remove the existing statement.',
  });
  await expect(add({ StatementId: 'other', RevisionId: 'wrong' })).rejects.toMatchObject({
    code: 'PreconditionFailedException',
    message:
      'The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id',
  });
});

test('a policy may have 20 KB', async () => {
  const core = await openWithFunction();
  const long = `arn:aws:s3:::${'b'.repeat(4000)}`;
  const add = (StatementId: string) =>
    addPermission(core, caller, { ...permission, StatementId, Principal: '*', SourceArn: long });
  for (const sid of ['1', '2', '3', '4']) await add(sid);
  await expect(add('5')).rejects.toMatchObject({
    code: 'PolicyLengthExceededException',
    message: expect.stringMatching(/^The final policy size \(2\d{4}\) is bigger than the limit \(20480\)\.$/),
  });
});

test('permissions are removed one by one, and the last takes the policy with it', async () => {
  const core = await openWithFunction();
  const remove = (StatementId: string, more = {}) =>
    removePermission(core, caller, { FunctionName: 'f', StatementId, ...more });
  await expect(remove('sid')).rejects.toMatchObject({
    message: 'No policy is associated with the given resource.',
  });
  await expect(remove('sid', { FunctionName: 'missing' })).rejects.toMatchObject({
    message: 'No policy found for: arn:aws:lambda:us-east-1:111122223333:function:missing',
  });
  await addPermission(core, caller, { ...permission, Principal: '*' });
  await addPermission(core, caller, { ...permission, StatementId: 'two', Principal: '*' });
  await expect(remove('three')).rejects.toMatchObject({
    message: 'Statement three is not found in resource policy.',
  });
  await expect(remove('two', { RevisionId: 'wrong' })).rejects.toMatchObject({
    code: 'PreconditionFailedException',
  });
  const { RevisionId } = await getPolicy(core, caller, { FunctionName: 'f' });
  await remove('two', { RevisionId });
  await remove('sid');
  await expect(getPolicy(core, caller, { FunctionName: 'f' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: 'The resource you requested does not exist.',
  });
});

test('another account may do exactly what the policy says, until it does not', async () => {
  const core = await openWithFunction();
  const invoke = (who: Caller) => Promise.resolve().then(() => resolveExecutable(core, who, arn));
  const denied = { code: 'AccessDeniedException' };
  await expect(invoke(stranger)).rejects.toMatchObject(denied);
  await addPermission(core, caller, { ...permission, Principal: stranger.arn });
  expect((await invoke(stranger)).executable.functionArn).toBe(arn);
  const carol = { ...stranger, arn: 'arn:aws:iam::444455556666:user/carol' };
  await expect(invoke(carol)).rejects.toMatchObject(denied);
  await expect(getFunction(core, stranger, { FunctionName: arn })).rejects.toMatchObject(denied);
  await expect(
    Promise.resolve().then(() => resolveExecutable(core, stranger, arn, '$LATEST')),
  ).rejects.toMatchObject(denied);
  await removePermission(core, caller, { FunctionName: 'f', StatementId: 'sid' });
  await expect(invoke(stranger)).rejects.toMatchObject(denied);
});

test('a version and an alias have policies of their own, which go with them', async () => {
  const core = await openWithFunction();
  await publishVersion(core, caller, { FunctionName: 'f' });
  await createAlias(core, caller, { FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
  const invoke = (Qualifier?: string) =>
    Promise.resolve().then(() => resolveExecutable(core, stranger, arn, Qualifier));
  const denied = { code: 'AccessDeniedException' };
  for (const [Qualifier, others] of [
    ['1', [undefined, 'live']],
    ['live', [undefined, '1']],
  ] as const) {
    const qualified = { ...permission, Qualifier, Principal: '444455556666' };
    const { Statement = '' } = await addPermission(core, caller, qualified);
    expect(JSON.parse(Statement).Resource).toBe(`${arn}:${Qualifier}`);
    expect((await invoke(Qualifier)).executable.version).toBe('1');
    for (const other of others) await expect(invoke(other)).rejects.toMatchObject(denied);
    if (Qualifier === '1') await removePermission(core, caller, { ...permission, Qualifier });
  }
  await deleteAlias(core, caller, { FunctionName: 'f', Name: 'live' });
  await createAlias(core, caller, { FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
  await expect(invoke('live')).rejects.toMatchObject(denied);
  await expect(
    addPermission(core, caller, { ...permission, Qualifier: 'none', Principal: '*' }),
  ).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: `Cannot find alias arn: ${arn}:none`,
  });
  await expect(
    addPermission(core, caller, { ...permission, Qualifier: '7', Principal: '*' }),
  ).rejects.toMatchObject({ message: `Function not found: ${arn}:7` });
});

test('even lambda:* gives other accounts only what Lambda lets them have', async () => {
  const core = await openWithFunction();
  await addPermission(core, caller, { ...permission, Action: 'lambda:*', Principal: '444455556666' });
  expect((await getFunction(core, stranger, { FunctionName: arn })).Configuration?.FunctionArn).toBe(arn);
  const denied = { code: 'AccessDeniedException' };
  await expect(
    updateFunctionConfiguration(core, stranger, { FunctionName: arn, Description: 'mine' }),
  ).rejects.toMatchObject(denied);
  await expect(
    addPermission(core, stranger, { ...permission, FunctionName: arn, Principal: '*' }),
  ).rejects.toMatchObject(denied);
});

test('a permission with a condition that the request does not meet gives nothing', async () => {
  const core = await openWithFunction();
  for (const [name, value] of Object.entries(conditions)) {
    await addPermission(core, caller, {
      ...permission,
      StatementId: name,
      Principal: '444455556666',
      [name]: value,
    });
  }
  await expect(Promise.resolve().then(() => resolveExecutable(core, stranger, arn))).rejects.toMatchObject({
    code: 'AccessDeniedException',
  });
});

test('services are judged by the policy alone, conditions included', async () => {
  const core = await openWithFunction();
  await addPermission(core, caller, {
    ...permission,
    Principal: 's3.amazonaws.com',
    SourceArn: 'arn:aws:s3:::photo*',
    SourceAccount: '111122223333',
  });
  const asked = (service: string, context: Record<string, string>) =>
    isAllowedByPolicy(
      core,
      { service },
      'lambda:InvokeFunction',
      { resource: arn, qualifier: undefined },
      context,
    );
  const context = { 'aws:sourcearn': 'arn:aws:s3:::photos', 'aws:sourceaccount': '111122223333' };
  expect(asked('s3.amazonaws.com', context)).toBe(true);
  expect(asked('sns.amazonaws.com', context)).toBe(false);
  expect(asked('s3.amazonaws.com', { ...context, 'aws:sourcearn': 'arn:aws:s3:::documents' })).toBe(false);
  expect(asked('s3.amazonaws.com', { 'aws:sourcearn': 'arn:aws:s3:::photos' })).toBe(false);
});

test('policies outlast a restart, and go with their function', async () => {
  const dataDirectory = temporaryDirectory();
  const first = await openWithFunction(dataDirectory);
  await addPermission(first, caller, { ...permission, Principal: '*' });
  const policy = await getPolicy(first, caller, { FunctionName: 'f' });
  await closeCore(first);
  const second = await openTestCore({ dataDirectory });
  expect(await getPolicy(second, caller, { FunctionName: 'f' })).toEqual(policy);
  await deleteFunction(second, caller, { FunctionName: 'f' });
  await createFunction(second, caller, createRequest('f'));
  await expect(getPolicy(second, caller, { FunctionName: 'f' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
  expect(await second.db.resourcePolicy.count()).toBe(0);
});

test('a layer version is shared with another account, and taken back', async () => {
  const core = await openTestCore();
  const Content = { ZipFile: zipOf({ a: 'b' }).toString('base64') };
  const { LayerVersionArn = '', LayerArn = '' } = await publishLayerVersion(core, caller, {
    LayerName: 'l',
    Content,
  });
  const version = { LayerName: 'l', VersionNumber: 1 };
  const share = { ...version, StatementId: 'sid', Action: 'lambda:GetLayerVersion' };
  await expect(getLayerVersionPolicy(core, caller, version)).rejects.toMatchObject({
    message: 'No policy is associated with the given resource.',
  });
  const added = await addLayerVersionPermission(core, caller, { ...share, Principal: '444455556666' });
  expect(added.Statement).toBe(
    '{"Sid":"sid","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},' +
      `"Action":"lambda:GetLayerVersion","Resource":"${LayerVersionArn}"}`,
  );
  expect(await getLayerVersionPolicy(core, caller, version)).toEqual({
    Policy: `{"Version":"2012-10-17","Id":"default","Statement":[${added.Statement}]}`,
    RevisionId: added.RevisionId,
  });
  const theirs = { ...createRequest('theirs'), Layers: [LayerVersionArn] };
  expect((await createFunction(core, stranger, theirs)).Layers?.[0]?.Arn).toBe(LayerVersionArn);
  expect(await getLayerVersion(core, stranger, { LayerName: LayerArn, VersionNumber: 1 })).toMatchObject({
    LayerVersionArn,
  });
  await removeLayerVersionPermission(core, caller, { ...version, StatementId: 'sid' });
  await expect(
    getLayerVersion(core, stranger, { LayerName: LayerArn, VersionNumber: 1 }),
  ).rejects.toMatchObject({ code: 'AccessDeniedException' });

  await addLayerVersionPermission(core, caller, {
    ...share,
    Principal: '*',
    OrganizationId: 'o-0123456789',
  });
  await expect(
    getLayerVersion(core, stranger, { LayerName: LayerArn, VersionNumber: 1 }),
  ).rejects.toMatchObject({ code: 'AccessDeniedException' });
  await expect(
    addLayerVersionPermission(core, caller, { ...share, VersionNumber: 2, Principal: '*' }),
  ).rejects.toMatchObject({ message: `Layer version ${LayerArn}:2 does not exist.` });
  await expect(
    addLayerVersionPermission(core, caller, { ...share, Principal: '*', RevisionId: 'wrong' }),
  ).rejects.toMatchObject({ message: expect.stringContaining('Call the GetLayerPolicy API') });
  await deleteLayerVersion(core, caller, version);
  expect(await core.db.resourcePolicy.count()).toBe(0);
});
