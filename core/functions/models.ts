import type {
  CapacityProviderConfig,
  CreateFunctionRequest,
  DeadLetterConfig,
  DurableConfig,
  Environment,
  EphemeralStorage,
  FunctionCode,
  GetFunctionRecursionConfigRequest,
  GetFunctionRequest,
  ImageConfig,
  ListFunctionsRequest,
  LoggingConfig,
  PutFunctionRecursionConfigRequest,
  PutRuntimeManagementConfigRequest,
  SnapStart,
  TenancyConfig,
  TracingConfig,
  UpdateFunctionCodeRequest,
  UpdateFunctionConfigurationRequest,
  VpcConfig,
} from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { layerVersionArnPattern } from '../layers/layer-arn.ts';
import { limits } from '../limits.ts';
import {
  blob,
  choice,
  choiceOf,
  integer,
  list,
  map,
  maxLength,
  minLength,
  pattern,
  queryInteger,
  structure,
  text,
  unsupported,
} from '../model.ts';

const REGION = '((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?';
const ARN_PREFIX = `(arn:(aws[a-zA-Z-]*)?:lambda:)?${REGION}(\\d{12}:)?(function:)?`;
const KMS_KEY_ARN = '(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()';
const ROLE_ARN = 'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+';

/** FunctionName where a function is created or changed. */
export const functionName = text(
  pattern(`${ARN_PREFIX}([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`),
  maxLength(140),
  minLength(1),
);

/** FunctionName where a function is read, deleted or invoked. */
export const namespacedFunctionName = text(
  pattern(`${ARN_PREFIX}([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?`),
  maxLength(256),
  minLength(1),
);

export const qualifier = text(
  pattern('\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+'),
  maxLength(128),
  minLength(1),
).optional();

const strings = list([]).optional();
const flag = z.boolean().optional();
const isAbsent = () => false;
const isEmpty = ({ length }: { length: number }) => length === 0;

/** A structure that Hearth honours no part of. */
const anything = z.record(z.string(), z.unknown());

export const tagMap = map({
  keys: [maxLength(128), minLength(1), pattern('([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)')],
  values: [maxLength(256), minLength(0), pattern('([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)')],
  sensitive: false,
});

const architectures = list([choiceOf(['x86_64', 'arm64'])], { min: 1, max: 1 }).optional();

const publishing = {
  Publish: flag,
  PublishTo: unsupported(choice(['LATEST_PUBLISHED']), isAbsent),
};

const codeSource = {
  ZipFile: blob().optional(),
  S3Bucket: unsupported(z.string(), isAbsent),
  S3Key: unsupported(z.string(), isAbsent),
  S3ObjectVersion: unsupported(z.string(), isAbsent),
  S3ObjectStorageMode: unsupported(z.string(), isAbsent),
  SourceKMSKeyArn: unsupported(text(pattern(KMS_KEY_ARN)), isEmpty),
};

/** The members that CreateFunction and UpdateFunctionConfiguration share. */
const configuration = {
  Description: text(maxLength(256)).optional(),
  Environment: structure<Environment>()({
    Variables: map({ keys: [pattern('[a-zA-Z]([a-zA-Z0-9_])+')], values: [], sensitive: true }).optional(),
  }).optional(),
  EphemeralStorage: structure<EphemeralStorage>()({
    Size: integer(limits.ephemeralStorageMegabytes),
  }).optional(),
  Handler: text(pattern('[^\\s]+'), maxLength(128)).optional(),
  MemorySize: integer(limits.memoryMegabytes).optional(),
  // Its own check words its refusals differently.
  Runtime: z.string().optional(),
  Timeout: integer(limits.timeoutSeconds).optional(),
  // Lambda's default is accepted; the log group is compared where the function's name is known.
  LoggingConfig: structure<LoggingConfig>()({
    LogFormat: unsupported(choice(['JSON', 'Text']), (format) => format === 'Text'),
    ApplicationLogLevel: unsupported(choice(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']), isAbsent),
    SystemLogLevel: unsupported(choice(['DEBUG', 'INFO', 'WARN']), isAbsent),
    LogGroup: text(pattern('[\\.\\-_/#A-Za-z0-9]+'), maxLength(512), minLength(1)).optional(),
  }).optional(),
  CapacityProviderConfig: unsupported<z.ZodType<CapacityProviderConfig>>(anything as never, isAbsent),
  DeadLetterConfig: unsupported(
    structure<DeadLetterConfig>()({ TargetArn: text(pattern(KMS_KEY_ARN)).optional() }),
    ({ TargetArn }) => !TargetArn,
  ),
  DurableConfig: unsupported<z.ZodType<DurableConfig>>(anything as never, isAbsent),
  FileSystemConfigs: unsupported(z.array(anything), isEmpty),
  ImageConfig: unsupported(
    structure<ImageConfig>()({
      EntryPoint: strings,
      Command: strings,
      WorkingDirectory: z.string().optional(),
    }),
    ({ EntryPoint, Command, WorkingDirectory }) =>
      !EntryPoint?.length && !Command?.length && !WorkingDirectory,
  ),
  KMSKeyArn: unsupported(text(pattern(KMS_KEY_ARN)), isEmpty),
  Layers: list([maxLength(140), minLength(1), pattern(layerVersionArnPattern)]).optional(),
  SnapStart: unsupported(
    structure<SnapStart>()({ ApplyOn: choice(['PublishedVersions', 'None']).optional() }),
    ({ ApplyOn }) => ApplyOn !== 'PublishedVersions',
  ),
  TracingConfig: unsupported(
    structure<TracingConfig>()({ Mode: choice(['Active', 'PassThrough']).optional() }),
    ({ Mode }) => Mode !== 'Active',
  ),
  VpcConfig: unsupported(
    structure<VpcConfig>()({ SubnetIds: strings, SecurityGroupIds: strings, Ipv6AllowedForDualStack: flag }),
    ({ SubnetIds, SecurityGroupIds, Ipv6AllowedForDualStack }) =>
      !SubnetIds?.length && !SecurityGroupIds?.length && !Ipv6AllowedForDualStack,
  ),
};

export const createFunctionModel = structure<CreateFunctionRequest>()({
  FunctionName: functionName,
  Role: text(pattern(ROLE_ARN)),
  ...configuration,
  ...publishing,
  Code: structure<FunctionCode>()({ ...codeSource, ImageUri: unsupported(z.string(), isAbsent) }),
  PackageType: unsupported(choice(['Zip', 'Image']), (type) => type === 'Zip'),
  Architectures: architectures,
  Tags: tagMap.optional(),
  CodeSigningConfigArn: unsupported(z.string(), isAbsent),
  TenancyConfig: unsupported<z.ZodType<TenancyConfig>>(anything as never, isAbsent),
});

export const updateFunctionConfigurationModel = structure<UpdateFunctionConfigurationRequest>()({
  FunctionName: functionName,
  Role: text(pattern(ROLE_ARN)).optional(),
  ...configuration,
  RevisionId: z.string().optional(),
});

export const updateFunctionCodeModel = structure<UpdateFunctionCodeRequest>()({
  FunctionName: functionName,
  ...codeSource,
  ...publishing,
  ImageUri: z.string().optional(),
  Architectures: architectures,
  DryRun: flag,
  RevisionId: z.string().optional(),
});

/** What GetFunction, GetFunctionConfiguration, DeleteFunction and invocations name a function by. */
export const functionReferenceModel = structure<GetFunctionRequest>()({
  FunctionName: namespacedFunctionName,
  Qualifier: qualifier,
});

/** What GetFunctionRecursionConfig and GetFunctionCodeSigningConfig name a function by. */
export const functionNameModel = structure<GetFunctionRecursionConfigRequest>()({
  FunctionName: functionName,
});

export const putFunctionRecursionConfigModel = structure<PutFunctionRecursionConfigRequest>()({
  FunctionName: functionName,
  RecursiveLoop: choice(['Allow', 'Terminate']),
});

export const putRuntimeManagementConfigModel = structure<PutRuntimeManagementConfigRequest>()({
  FunctionName: namespacedFunctionName,
  Qualifier: qualifier,
  UpdateRuntimeOn: choice(['Auto', 'Manual', 'FunctionUpdate']),
  RuntimeVersionArn: unsupported(z.string(), isAbsent),
});

export const listFunctionsModel = structure<ListFunctionsRequest>()({
  FunctionVersion: choice(['ALL']).optional(),
  Marker: z.string().optional(),
  MasterRegion: text(pattern('ALL|[a-z]{2}(-gov)?-[a-z]+-\\d{1}')).optional(),
  MaxItems: queryInteger({ min: 1, max: 10_000 }),
});
