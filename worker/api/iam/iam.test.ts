import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, onTestFinished, test } from 'vitest';
import { startTestApi, type TestApi } from '../test-api.ts';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*', Sid: "It's <all> & more" },
});
const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

const root = { accessKeyId: 'AKIAROOTROOTROOTROOT', secretAccessKey: 'root-secret' };

function settings(server: TestApi, credentials = root) {
  return { endpoint: `http://127.0.0.1:${server.port}`, region: 'us-east-1', credentials, maxAttempts: 1 };
}

function iam(server: TestApi, credentials = root): IAMClient {
  const client = new IAMClient(settings(server, credentials));
  onTestFinished(() => client.destroy());
  return client;
}

function sts(server: TestApi, credentials = root): STSClient {
  const client = new STSClient(settings(server, credentials));
  onTestFinished(() => client.destroy());
  return client;
}

test('a role lives through the AWS SDK, from creation to deletion', async () => {
  const server = await startTestApi();
  const client = iam(server);
  const { Role: created } = await client.send(
    new CreateRoleCommand({
      RoleName: 'worker',
      Path: '/service-role/',
      AssumeRolePolicyDocument: trust,
      Description: 'Runs <functions> & more',
      Tags: [
        { Key: 'team', Value: 'blue' },
        { Key: 'stage', Value: 'test' },
      ],
    }),
  );
  expect(created).toMatchObject({
    RoleName: 'worker',
    Arn: 'arn:aws:iam::000000000000:role/service-role/worker',
    Description: 'Runs <functions> & more',
    MaxSessionDuration: 3600,
    RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
    CreateDate: expect.any(Date),
    Tags: [
      { Key: 'team', Value: 'blue' },
      { Key: 'stage', Value: 'test' },
    ],
  });
  const { Role: read } = await client.send(new GetRoleCommand({ RoleName: 'worker' }));
  expect(read).toEqual(created);
  expect(decodeURIComponent(read?.AssumeRolePolicyDocument ?? '')).toBe(trust);

  const one = { RoleName: 'worker', PolicyName: 'all' };
  await client.send(new PutRolePolicyCommand({ ...one, PolicyDocument: policy }));
  const { PolicyDocument = '' } = await client.send(new GetRolePolicyCommand(one));
  expect(decodeURIComponent(PolicyDocument)).toBe(policy);
  expect(await client.send(new ListRolePoliciesCommand({ RoleName: 'worker' }))).toMatchObject({
    PolicyNames: ['all'],
    IsTruncated: false,
  });
  await client.send(new AttachRolePolicyCommand({ RoleName: 'worker', PolicyArn: basic }));
  await client.send(new AttachRolePolicyCommand({ RoleName: 'worker', PolicyArn: basic }));
  const attached = await client.send(
    new ListAttachedRolePoliciesCommand({ RoleName: 'worker', PathPrefix: '/service-role/' }),
  );
  expect(attached.AttachedPolicies).toEqual([
    { PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: basic },
  ]);
  const none = await client.send(
    new ListAttachedRolePoliciesCommand({ RoleName: 'worker', PathPrefix: '/other/' }),
  );
  expect(none.AttachedPolicies ?? []).toEqual([]);

  const remove = () => client.send(new DeleteRoleCommand({ RoleName: 'worker' }));
  await expect(remove()).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: 'Cannot delete entity, must detach all policies first.',
  });
  await client.send(new DetachRolePolicyCommand({ RoleName: 'worker', PolicyArn: basic }));
  await expect(remove()).rejects.toMatchObject({
    message: 'Cannot delete entity, must delete policies first.',
  });
  await client.send(new DeleteRolePolicyCommand(one));
  await remove();
  await expect(client.send(new GetRoleCommand({ RoleName: 'worker' }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: 'The role with name worker cannot be found.',
    $metadata: { httpStatusCode: 404 },
  });
});

test('inline policies are listed in pages', async () => {
  const client = iam(await startTestApi());
  await client.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust }));
  for (const PolicyName of ['c', 'a', 'b']) {
    await client.send(new PutRolePolicyCommand({ RoleName: 'r', PolicyName, PolicyDocument: policy }));
  }
  const first = await client.send(new ListRolePoliciesCommand({ RoleName: 'r', MaxItems: 2 }));
  expect(first).toMatchObject({ PolicyNames: ['a', 'b'], IsTruncated: true });
  const rest = await client.send(new ListRolePoliciesCommand({ RoleName: 'r', Marker: first.Marker }));
  expect(rest).toMatchObject({ PolicyNames: ['c'], IsTruncated: false });
});

test('what is wrong is answered with IAM’s own errors', async () => {
  const client = iam(await startTestApi());
  const create = (more: object) =>
    client.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust, ...more }));
  await create({});
  const cases: [Promise<unknown>, string, number][] = [
    [create({}), 'EntityAlreadyExistsException', 409],
    [create({ RoleName: 'not a name' }), 'ValidationError', 400],
    [create({ AssumeRolePolicyDocument: '{' }), 'MalformedPolicyDocumentException', 400],
    [create({ AssumeRolePolicyDocument: policy }), 'MalformedPolicyDocumentException', 400],
    [create({ MaxSessionDuration: 60 }), 'ValidationError', 400],
    [create({ PermissionsBoundary: basic }), 'InvalidInputException', 400],
    [
      create({ RoleName: 'l', AssumeRolePolicyDocument: trust.replace('2012', `2012${' '.repeat(9)}`) }),
      'MalformedPolicyDocumentException',
      400,
    ],
    [
      create({
        RoleName: 'l',
        AssumeRolePolicyDocument: trust.replace('"Effect"', `"Sid":"${'a'.repeat(2048)}","Effect"`),
      }),
      'LimitExceededException',
      409,
    ],
    [
      client.send(new PutRolePolicyCommand({ RoleName: 'r', PolicyName: 'p', PolicyDocument: trust })),
      'MalformedPolicyDocumentException',
      400,
    ],
    [
      client.send(
        new AttachRolePolicyCommand({ RoleName: 'r', PolicyArn: 'arn:aws:iam::000000000000:policy/mine' }),
      ),
      'NoSuchEntityException',
      404,
    ],
    [
      client.send(new DetachRolePolicyCommand({ RoleName: 'r', PolicyArn: basic })),
      'NoSuchEntityException',
      404,
    ],
    [
      client.send(new GetRolePolicyCommand({ RoleName: 'r', PolicyName: 'none' })),
      'NoSuchEntityException',
      404,
    ],
    [client.send(new CreateUserCommand({ UserName: 'ann' })), 'InvalidAction', 400],
  ];
  for (const [sent, name, httpStatusCode] of cases) {
    await expect(sent).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  }
});

test('roles belong to one account', async () => {
  const server = await startTestApi();
  await iam(server).send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust }));
  const stranger = iam(server, await server.core.accessKeys.create('444455556666', 'bob'));
  await expect(stranger.send(new GetRoleCommand({ RoleName: 'r' }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
  await stranger.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust }));
  await stranger.send(new DeleteRoleCommand({ RoleName: 'r' }));
  expect(await iam(server).send(new GetRoleCommand({ RoleName: 'r' }))).toMatchObject({
    Role: { Arn: 'arn:aws:iam::000000000000:role/r' },
  });
});

test('GetCallerIdentity says who a key belongs to', async () => {
  const server = await startTestApi();
  expect(await sts(server).send(new GetCallerIdentityCommand({}))).toMatchObject({
    UserId: '000000000000',
    Account: '000000000000',
    Arn: 'arn:aws:iam::000000000000:root',
  });
  const key = await server.core.accessKeys.create('444455556666', 'bob');
  expect(await sts(server, key).send(new GetCallerIdentityCommand({}))).toMatchObject({
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    Account: '444455556666',
    Arn: 'arn:aws:iam::444455556666:user/bob',
  });
  const wrong = sts(server, { ...root, secretAccessKey: 'wrong' });
  await expect(wrong.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
    $metadata: { httpStatusCode: 403 },
  });
  const unknown = sts(server, { ...root, accessKeyId: 'AKIANOBODYNOBODYNOBO' });
  await expect(unknown.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  });
});

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const identity = 'Action=GetCallerIdentity&Version=2011-06-15';

test('STS takes signatures of a quarter of an hour ago, IAM and Lambda do not', async () => {
  const server = await startTestApi();
  const ask = (service: string, minutes: number) =>
    server.sendSigned(
      '/',
      { method: 'POST', headers: form, body: identity },
      { service, date: new Date(Date.now() - minutes * 60_000) },
    );
  expect((await ask('sts', 14)).status).toBe(200);
  expect(await ask('sts', 16)).toMatchObject({
    status: 403,
    body: expect.stringContaining('<Code>SignatureDoesNotMatch</Code><Message>Signature expired:'),
  });
  expect(await ask('iam', 6)).toMatchObject({ status: 403 });
});

test('forms without a signature, for no service, or malformed are refused in XML', async () => {
  const server = await startTestApi();
  const unsigned = await server.send('/', { method: 'POST', headers: form, body: identity });
  expect(unsigned).toMatchObject({ status: 403, headers: { 'content-type': 'text/xml' } });
  expect(unsigned.body).toContain('<Code>MissingAuthenticationToken</Code>');
  const signed = (body: string, service = 'sts') =>
    server.sendSigned('/', { method: 'POST', headers: form, body }, { service });
  expect((await signed(identity, 'sqs')).body).toContain('<Code>InvalidAction</Code>');
  expect((await signed(`${identity}&Action=Other`)).body).toContain('<Code>MalformedInput</Code>');
  expect((await signed('Action=toString&Version=2011-06-15')).body).toContain('<Code>InvalidAction</Code>');
  expect((await signed(`${identity}&${'a.'.repeat(20)}=1`)).body).toContain('<Code>MalformedInput</Code>');
});
