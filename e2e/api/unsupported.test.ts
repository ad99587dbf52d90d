import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as sdk from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hearth, startHearth } from '../harness/hearth.ts';
import { awsError, createFunction, functionInput, lambdaClient } from './client.ts';

let hearth: Hearth;
let client: sdk.LambdaClient;

beforeAll(async () => {
  hearth = await startHearth();
  client = lambdaClient(hearth);
  await createFunction(client, 'here', 'export const handler = () => 1;');
});
afterAll(() => hearth?.stop());

/** By docs/api.md, which is made from the operations themselves. */
const supported = readFileSync(path.join(import.meta.dirname, '../../docs/api.md'), 'utf8')
  .split('\n')
  .flatMap((line) => /^\| (\w+) \| `[A-Z]+ \/20/.exec(line)?.[1] ?? []);

/** Every member that any operation carries in its path, so that each request can be made. */
const pathMembers = {
  Arn: 'arn:aws:lambda:us-east-1:000000000000:layer:l:1',
  CallbackId: 'c',
  CapacityProviderName: 'p',
  CheckpointToken: 't',
  CodeSigningConfigArn: `arn:aws:lambda:us-east-1:000000000000:code-signing-config:csc-${'0'.repeat(17)}`,
  DurableExecutionArn: 'arn:aws:lambda:us-east-1:000000000000:function:here:1/durable-execution/e/1',
  FunctionName: 'here',
  InvokeArgs: '{}',
  LayerName: 'l',
  Name: 'n',
  Qualifier: '1',
  Resource: 'arn:aws:lambda:us-east-1:000000000000:function:here',
  ResourceArn: 'arn:aws:lambda:us-east-1:000000000000:function:here',
  StatementId: 's',
  TagKeys: ['k'],
  Tags: { k: 'v' },
  UUID: '00000000-0000-4000-8000-000000000000',
  VersionNumber: 1,
};

type AnyCommand = new (input: typeof pathMembers) => Parameters<typeof client.send>[0];

const others = Object.entries(sdk)
  .filter(([name]) => /^[A-Z]\w+Command$/.test(name))
  .map(([name, command]) => [name.replace(/Command$/, ''), command as unknown as AnyCommand] as const)
  .filter(([name]) => !supported.includes(name));

test('the SDK knows more operations than Hearth', () => {
  expect(supported).toContain('CreateFunction');
  expect(others.length).toBeGreaterThan(20);
});

test.each(others)('%s is refused by name', async (name, Command) => {
  await expect(client.send(new Command(pathMembers))).rejects.toEqual(
    awsError(
      'NotImplementedException',
      501,
      `Hearth does not support ${name} yet. docs/api.md lists the operations that it supports.`,
    ),
  );
});

test('asynchronous invocation is refused by name', async () => {
  await expect(
    client.send(new sdk.InvokeCommand({ FunctionName: 'here', InvocationType: 'Event' })),
  ).rejects.toEqual(
    awsError(
      'NotImplementedException',
      501,
      'Hearth does not support asynchronous invocation (InvocationType Event) yet. Use RequestResponse.',
    ),
  );
});

const layer = 'arn:aws:lambda:us-east-1:000000000000:layer:l:1';
const queue = 'arn:aws:sqs:us-east-1:000000000000:q';

test.each<[string, Partial<sdk.CreateFunctionCommandInput>]>([
  ['TracingConfig', { TracingConfig: { Mode: 'Active' } }],
  ['VpcConfig', { VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } }],
  ['DeadLetterConfig', { DeadLetterConfig: { TargetArn: queue } }],
  ['SnapStart', { SnapStart: { ApplyOn: 'PublishedVersions' } }],
  ['PackageType', { PackageType: 'Image' }],
  ['KMSKeyArn', { KMSKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/k' }],
  ['LoggingConfig.LogFormat', { LoggingConfig: { LogFormat: 'JSON' } }],
  ['LoggingConfig.LogGroup', { LoggingConfig: { LogGroup: '/somewhere/else' } }],
  ['CodeSigningConfigArn', { CodeSigningConfigArn: pathMembers.CodeSigningConfigArn }],
  ['TenancyConfig', { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } }],
  ['FileSystemConfigs', { FileSystemConfigs: [{ Arn: layer, LocalMountPath: '/mnt/x' }] }],
  ['Code.S3Bucket', { Code: { S3Bucket: 'bucket', S3Key: 'key' } }],
  ['Code.ImageUri', { Code: { ImageUri: '000000000000.dkr.ecr.us-east-1.amazonaws.com/i:1' } }],
])('%s is refused by name', async (member, more) => {
  await expect(
    client.send(new sdk.CreateFunctionCommand({ ...functionInput('refused', ''), ...more })),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringContaining(`Hearth does not support ${member}`),
    $metadata: { httpStatusCode: 400 },
  });
  await expect(client.send(new sdk.GetFunctionCommand({ FunctionName: 'refused' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test.each([['nodejs20.x'], ['dotnet8'], ['java11']] as const)(
  'the runtime %s is refused',
  async (Runtime) => {
    await expect(
      client.send(new sdk.CreateFunctionCommand({ ...functionInput('refused', ''), Runtime })),
    ).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining(Runtime),
    });
  },
);

test('settings that ask for nothing are accepted, as templates send them', async () => {
  await createFunction(client, 'from-a-template', 'export const handler = () => 1;', {
    Publish: false,
    Layers: [],
    TracingConfig: { Mode: 'PassThrough' },
    VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
    DeadLetterConfig: {},
    FileSystemConfigs: [],
    SnapStart: { ApplyOn: 'None' },
    PackageType: 'Zip',
    KMSKeyArn: '',
    LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/from-a-template' },
  });
});
