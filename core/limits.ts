/**
 * Every quota of Lambda that Hearth keeps, in the unit that its name or comment says.
 * Source, unless stated: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const limits = {
  /** Characters of a plain function name. CreateFunction, parameter FunctionName. */
  functionNameLength: 64,
  /** Bytes of a zip that is part of the request. */
  codeZippedBytes: 52_428_800,
  /** Bytes of all files of a package together. */
  codeUnzippedBytes: 262_144_000,
  /** Bytes of a whole CreateFunction request: a zip of 50 MB in base64, and the rest. */
  createFunctionRequestBytes: 70_167_211,
  /** Bytes of all packages of an account in a region: 300 GB. */
  codeStorageBytes: 322_122_547_200,
  /** Bytes of all environment variables of a function as JSON: 4 KB. */
  environmentVariablesBytes: 4096,
  /** Bytes that a zip entry can inflate to for each of its compressed ones; no valid deflate stream exceeds it. */
  deflateRatio: 1032,
  /** Entries of a package. Hearth's own: Lambda publishes none, but every file costs the disk an inode. */
  codeEntries: 60_000,
  /** Bytes of a path inside a package. Hearth's own, well under Linux's 4096 with the directory in front. */
  codePathBytes: 1024,
  memoryMegabytes: { min: 128, max: 10_240, default: 128 },
  timeoutSeconds: { min: 1, max: 900, default: 3 },
  /** Size of /tmp. */
  ephemeralStorageMegabytes: { min: 512, max: 10_240, default: 512 },
  /** Executions of all functions of an account in a region at once. */
  concurrentExecutions: 1000,
  /** Executions that functions cannot reserve. */
  unreservedConcurrentExecutions: 100,
  /** Tags of a function. https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html */
  tagsPerResource: 50,
  /** Layers of a function. */
  layersPerFunction: 5,
  /** Layers, or versions of one, in a page. https://docs.aws.amazon.com/lambda/latest/api/API_ListLayers.html */
  layersPerPage: 50,
  /** Bytes of the policy of a function, version, alias or layer version as JSON: 20 KB. */
  resourcePolicyBytes: 20_480,
  /** Characters of a role's trust policy, without white space. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  trustPolicyCharacters: 2048,
  /** Characters of a role's inline policies together, without white space. */
  rolePoliciesCharacters: 10_240,
  attachedPoliciesPerRole: 10,
  /** Functions in a page of ListFunctions, whatever MaxItems says. */
  functionsPerPage: 50,
  /** How long GetFunction's link to the package works: 10 minutes. */
  codeLinkSeconds: 600,
  /** Bytes of a synchronous invocation's event: 6 MB. */
  requestBytes: 6_291_456,
  /** Bytes of a synchronous invocation's response; a little more than 6 MB. */
  responseBytes: 6_291_556,
  /** Bytes of a streamed response: 200 MB. */
  streamedResponseBytes: 209_715_200,
  /** Bytes of X-Amz-Client-Context, in base64. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
  clientContextBytes: 3583,
  /** Bytes of log that LogType Tail returns: 4 KB. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
  logTailBytes: 4096,
} as const;

/** Environment variables that Lambda sets itself and nobody may configure. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export const reservedVariables: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
]);
