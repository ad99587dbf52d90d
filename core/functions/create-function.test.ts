import { expect, test } from 'vitest';
import type { JsonObject } from '../caller.ts';
import { limits } from '../limits.ts';
import { caller, createRequest, openTestCore, zipOf } from '../test-core.ts';
import { createFunction } from './create-function.ts';
import { machineArchitecture } from './function-settings.ts';
import { getAccountSettings } from './get-account-settings.ts';

test('answers as Lambda does while the function is pending', async () => {
  const core = await openTestCore();
  const answer = await createFunction(core, caller, {
    ...createRequest('hello'),
    Description: 'Says hello.',
    Environment: { Variables: { GREETING: 'hi' } },
    Tags: { team: 'a' },
  });
  expect(answer).toEqual({
    FunctionName: 'hello',
    FunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:hello',
    Runtime: 'nodejs24.x',
    Role: 'arn:aws:iam::111122223333:role/any',
    Handler: 'index.handler',
    CodeSize: Buffer.from(createRequest('hello').Code.ZipFile, 'base64').length,
    Description: 'Says hello.',
    Timeout: 3,
    MemorySize: 128,
    LastModified: '2026-01-31T10:20:30.123+0000',
    CodeSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    ConfigSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    Version: '$LATEST',
    Environment: { Variables: { GREETING: 'hi' } },
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    State: 'Pending',
    StateReason: 'The function is being created.',
    StateReasonCode: 'Creating',
    PackageType: 'Zip',
    Architectures: [machineArchitecture],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    RuntimeVersionConfig: {
      RuntimeVersionArn: expect.stringMatching(/^arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}$/),
    },
    LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/hello' },
  });
});

test('environment variables are encrypted in the registry', async () => {
  const core = await openTestCore();
  await createFunction(core, caller, {
    ...createRequest('hello'),
    Environment: { Variables: { PASSWORD: 'hunter2' } },
  });
  expect((await core.db.function.findFirst())?.environment).not.toMatch(/PASSWORD|hunter2/);
});

test('a name is taken once per account and region, however many ask at once', async () => {
  const core = await openTestCore();
  const attempts = Array.from({ length: 5 }, (_, i) =>
    createFunction(core, caller, createRequest('hello', `export const handler = () => ${i};`)),
  );
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes.filter((one) => one.status === 'rejected')) {
    expect(outcome.reason).toMatchObject({
      code: 'ResourceConflictException',
      message: 'Function already exist: hello',
    });
  }
  await createFunction(core, { ...caller, accountId: '999999999999' }, createRequest('hello'));
});

test('accepts what asks for nothing', async () => {
  const core = await openTestCore();
  await createFunction(core, caller, {
    ...createRequest('hello'),
    Architectures: [machineArchitecture],
    DeadLetterConfig: { TargetArn: '' },
    FileSystemConfigs: [],
    ImageConfig: {},
    KMSKeyArn: '',
    Layers: [],
    LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/hello' },
    PackageType: 'Zip',
    Publish: false,
    SnapStart: { ApplyOn: 'None' },
    TracingConfig: { Mode: 'PassThrough' },
    VpcConfig: { SubnetIds: [], SecurityGroupIds: [], Ipv6AllowedForDualStack: false },
    NotInTheModel: 1,
  });
});

const otherArchitecture = machineArchitecture === 'arm64' ? 'x86_64' : 'arm64';
const name65 = 'a'.repeat(65);
const INVALID = 'InvalidParameterValueException';
const notYet = (member: string) => [INVALID, `Hearth does not support ${member} yet.`] as const;
const environmentRefused =
  'Lambda was unable to configure your environment variables because the environment variables you have provided ';

test.each<[string, JsonObject, readonly [string, string]]>([
  ['tracing', { TracingConfig: { Mode: 'Active' } }, notYet('TracingConfig')],
  ['a network', { VpcConfig: { SubnetIds: ['subnet-1'] } }, notYet('VpcConfig')],
  [
    'a dead-letter queue',
    { DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:1:q' } },
    notYet('DeadLetterConfig'),
  ],
  ['images', { PackageType: 'Image' }, notYet('PackageType')],
  ['SnapStart', { SnapStart: { ApplyOn: 'PublishedVersions' } }, notYet('SnapStart')],
  ['JSON logs', { LoggingConfig: { LogFormat: 'JSON' } }, notYet('LoggingConfig.LogFormat')],
  ['another log group', { LoggingConfig: { LogGroup: 'mine' } }, notYet('LoggingConfig.LogGroup')],
  ['code in a bucket', { Code: { S3Bucket: 'bucket', S3Key: 'key' } }, notYet('Code.S3Bucket, Code.S3Key')],
  ['another kind of version', { PublishTo: 'LATEST_PUBLISHED' }, notYet('PublishTo')],
  ['tenants', { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } }, notYet('TenancyConfig')],
  ['durable functions', { DurableConfig: {} }, notYet('DurableConfig')],
  [
    'another architecture',
    { Architectures: [otherArchitecture] },
    [
      INVALID,
      `Hearth does not support the architecture ${otherArchitecture} on this machine, which is ${machineArchitecture}.`,
    ],
  ],
  [
    'a runtime to come',
    { Runtime: 'dotnet8' },
    [
      INVALID,
      expect.stringMatching(
        /^Hearth does not support the runtime dotnet8 yet\. It supports nodejs24\.x, .*\.$/,
      ),
    ],
  ],
  [
    'a runtime of the past',
    { Runtime: 'nodejs12.x' },
    [
      INVALID,
      'The runtime parameter of nodejs12.x is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.',
    ],
  ],
  [
    'no runtime',
    { Runtime: undefined },
    [INVALID, 'Runtime and Handler are mandatory parameters for functions created with deployment packages.'],
  ],
  ['no code', { Code: {} }, [INVALID, 'Please provide a source for function code.']],
  [
    'no zip',
    { Code: { ZipFile: Buffer.from('x').toString('base64') } },
    [INVALID, 'Could not unzip uploaded file. Please check your file, then try to upload again.'],
  ],
  ['an empty zip', { Code: { ZipFile: '' } }, [INVALID, 'Uploaded file must be a non-empty zip']],
  [
    'a long name',
    { FunctionName: name65 },
    [
      INVALID,
      `1 validation error detected: Value '${name65}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
  ],
  [
    'a qualified name',
    { FunctionName: 'hello:1' },
    [
      INVALID,
      'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
    ],
  ],
  [
    'a role that is none',
    { Role: 'admin' },
    [
      'ValidationException',
      "1 validation error detected: Value 'admin' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
    ],
  ],
  [
    'too little memory',
    { MemorySize: 127 },
    [
      'ValidationException',
      "1 validation error detected: Value '127' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
    ],
  ],
  [
    'too little storage',
    { EphemeralStorage: { Size: 511 } },
    [
      'ValidationException',
      "1 validation error detected: Value '511' at 'ephemeralStorage.size' failed to satisfy constraint: Member must have value greater than or equal to 512",
    ],
  ],
  [
    'reserved variables',
    { Environment: { Variables: { AWS_REGION: 'x', AWS_SESSION_TOKEN: 'y' } } },
    [
      INVALID,
      `${environmentRefused}contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION, AWS_SESSION_TOKEN`,
    ],
  ],
  [
    'a variable of one letter',
    { Environment: { Variables: { A: 'x' } } },
    [
      'ValidationException',
      "1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
    ],
  ],
  [
    'variables over 4 KB',
    { Environment: { Variables: { AB: 'é'.repeat(2045) } } },
    [INVALID, `${environmentRefused}exceeded the 4KB limit. String measured: {"AB":"${'é'.repeat(2045)}"}`],
  ],
  [
    'too many tags',
    { Tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, ''])) },
    [INVALID, 'Number of tags exceeds resource tag limit.'],
  ],
  [
    'tags of AWS',
    { Tags: { 'aws:x': 'y' } },
    [INVALID, "The tag key aws:x is reserved: keys that start with aws: are AWS's own."],
  ],
])('refuses %s', async (_, input, [code, message]) => {
  const core = await openTestCore();
  const request = { ...createRequest('hello'), ...input };
  await expect(createFunction(core, caller, request)).rejects.toMatchObject({ code, message });
  expect(await core.db.function.count()).toBe(0);
});

test('accepts variables of exactly 4 KB', async () => {
  const core = await openTestCore();
  const value = 'x'.repeat(limits.environmentVariablesBytes - '{"AB":""}'.length);
  await createFunction(core, caller, {
    ...createRequest('hello'),
    Environment: { Variables: { AB: value } },
  });
});

test('refuses code beyond what an account may keep', async () => {
  const core = await openTestCore();
  core.usage.add(caller, 0, limits.codeStorageBytes);
  await expect(createFunction(core, caller, createRequest('hello'))).rejects.toMatchObject({
    code: 'CodeStorageExceededException',
    message: 'Code storage limit exceeded.',
  });
});

test('account settings tell the limits and what is used', async () => {
  const core = await openTestCore();
  const zip = zipOf({ 'index.mjs': 'x' });
  await createFunction(core, caller, {
    ...createRequest('hello'),
    Code: { ZipFile: zip.toString('base64') },
  });
  expect(await getAccountSettings(core, caller, {})).toEqual({
    AccountLimit: {
      TotalCodeSize: 322_122_547_200,
      CodeSizeUnzipped: 262_144_000,
      CodeSizeZipped: 52_428_800,
      ConcurrentExecutions: 1000,
      UnreservedConcurrentExecutions: 1000,
    },
    AccountUsage: { FunctionCount: 1, TotalCodeSize: zip.length },
  });
  const other = await getAccountSettings(core, { ...caller, region: 'eu-west-1' }, {});
  expect(other.AccountUsage).toEqual({ FunctionCount: 0, TotalCodeSize: 0 });
});
