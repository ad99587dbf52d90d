import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const port = wholeNumber(0, 65_535);
const identifier = /^[A-Za-z0-9]{4,128}$/;

/**
 * Every setting, with its default and meaning. docs/configuration.md lists the same ones (a test compares).
 * A port of 0 takes any free port.
 */
export const settings = {
  HEARTH_HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address that console and API listen on. Anything but loopback opens Hearth to the network.'),
  HEARTH_CONSOLE_PORT: port.default(3000).describe('Port of the console.'),
  HEARTH_API_PORT: port.default(4566).describe('Port of the AWS-compatible API.'),
  HEARTH_DATA_DIR: z
    .string()
    .min(1)
    .default('.hearth')
    .transform((directory) => path.resolve(directory))
    .describe('Directory of all data: registry, code packages, keys. Relative to where Hearth is started.'),
  HEARTH_REGION: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must look like us-east-1')
    .default('us-east-1')
    .describe('The one region that this server is.'),
  HEARTH_ACCOUNT_ID: z
    .string()
    .regex(/^\d{12}$/, 'must be 12 digits')
    .default('000000000000')
    .describe('Account of the root key pair and of the first administrator.'),
  HEARTH_ROOT_ACCESS_KEY_ID: z
    .string()
    .regex(identifier, 'must be 4 to 128 letters and digits')
    .optional()
    .describe('Access key id of the account root. Generated once and kept in the data directory when unset.'),
  HEARTH_ROOT_SECRET_ACCESS_KEY: z
    .string()
    .min(4, 'must have at least 4 characters')
    .optional()
    .describe('Secret of the root access key. Set both or neither.'),
  HEARTH_PREWARMED_ENVIRONMENTS: wholeNumber(0, 1000)
    .default(2)
    .describe('Execution environments kept started ahead of need, for each runtime in use.'),
  HEARTH_IDLE_SECONDS: wholeNumber(1, 86_400)
    .default(600)
    .describe('How long an execution environment may wait for its next event before it is ended.'),
  HEARTH_ALLOW_UNSANDBOXED: z
    .enum(['0', '1'])
    .default('0')
    .describe(
      'Where the machine offers no sandbox: 1 runs functions without isolation, with all rights of the user who runs Hearth; 0 refuses to run them.',
    ),
  HEARTH_FUNCTION_NETWORK: z
    .enum(['internet', 'none'])
    .default('internet')
    .describe(
      'What functions may reach: the internet, where the machine can offer it (as root on Linux), or nothing.',
    ),
  HEARTH_INVOCATION_DAYS: wholeNumber(1, 3653)
    .default(30)
    .describe(
      'How long the record of an invocation is kept. Log lines are kept as long as their log group says.',
    ),
  HEARTH_PAYLOAD_DAYS: wholeNumber(1, 3653)
    .default(7)
    .describe('How long events and responses are kept, encrypted, beside the records of their invocations.'),
  HEARTH_PAYLOAD_BYTES: wholeNumber(0, 6_291_556)
    .default(32_768)
    .describe('Longest event or response that is kept. 0 keeps none.'),
  HEARTH_TELEMETRY_MEGABYTES: wholeNumber(64, 1_000_000_000)
    .default(10_240)
    .describe('How much logs, records and metrics may take on disk. Above it the oldest goes first.'),
  HEARTH_CHECK_PASS_ROLE: z
    .enum(['0', '1'])
    .default('0')
    .describe(
      "1 accepts a function's role only if it exists and trusts lambda.amazonaws.com; 0 accepts every well-formed ARN.",
    ),
  HEARTH_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace'])
    .default('warn')
    .describe("Level of the server's own log."),
} as const;

type Settings = { [Name in keyof typeof settings]: z.output<(typeof settings)[Name]> };

/** The configuration of one server, checked. */
export interface Config {
  host: string;
  consolePort: number;
  apiPort: number;
  dataDirectory: string;
  region: string;
  accountId: string;
  /** Undefined: generate and keep one. */
  rootAccessKey: { accessKeyId: string; secretAccessKey: string } | undefined;
  prewarmedEnvironments: number;
  idleSeconds: number;
  /** Functions may run without isolation where the machine offers none. */
  allowUnsandboxed: boolean;
  /** What functions may reach, where the machine can offer it. */
  functionNetwork: Settings['HEARTH_FUNCTION_NETWORK'];
  telemetry: {
    invocationDays: number;
    payloadDays: number;
    /** Longest event or response that is kept. */
    longestPayload: number;
    maxBytes: number;
  };
  /** A function's role must exist and trust Lambda. */
  checksPassRole: boolean;
  logLevel: Settings['HEARTH_LOG_LEVEL'];
  /** How many CPU cores execution environments may share. */
  cpuCount: number;
}

/** Thrown with one line for every setting that is wrong. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * Reads the configuration from environment variables.
 * @throws ConfigurationError naming all problems at once, unknown `HEARTH_*` names included.
 */
export function readConfig(environment: NodeJS.Dict<string>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name.startsWith('HEARTH_') && value !== ''),
  );
  const parsed = z.strictObject(settings).safeParse(given);
  const problems = parsed.success ? [] : parsed.error.issues.flatMap(describeIssue);
  const half = ['HEARTH_ROOT_ACCESS_KEY_ID', 'HEARTH_ROOT_SECRET_ACCESS_KEY'].filter((name) => given[name]);
  if (half.length === 1) problems.push(`${half[0]} is set without its counterpart: set both or neither.`);
  if (!parsed.success || problems.length > 0) throw new ConfigurationError(problems.join('\n'));
  const values = parsed.data;
  return {
    host: values.HEARTH_HOST,
    consolePort: values.HEARTH_CONSOLE_PORT,
    apiPort: values.HEARTH_API_PORT,
    dataDirectory: values.HEARTH_DATA_DIR,
    region: values.HEARTH_REGION,
    accountId: values.HEARTH_ACCOUNT_ID,
    rootAccessKey:
      values.HEARTH_ROOT_ACCESS_KEY_ID && values.HEARTH_ROOT_SECRET_ACCESS_KEY
        ? {
            accessKeyId: values.HEARTH_ROOT_ACCESS_KEY_ID,
            secretAccessKey: values.HEARTH_ROOT_SECRET_ACCESS_KEY,
          }
        : undefined,
    prewarmedEnvironments: values.HEARTH_PREWARMED_ENVIRONMENTS,
    idleSeconds: values.HEARTH_IDLE_SECONDS,
    allowUnsandboxed: values.HEARTH_ALLOW_UNSANDBOXED === '1',
    functionNetwork: values.HEARTH_FUNCTION_NETWORK,
    telemetry: {
      invocationDays: values.HEARTH_INVOCATION_DAYS,
      payloadDays: values.HEARTH_PAYLOAD_DAYS,
      longestPayload: values.HEARTH_PAYLOAD_BYTES,
      maxBytes: values.HEARTH_TELEMETRY_MEGABYTES * 1_048_576,
    },
    checksPassRole: values.HEARTH_CHECK_PASS_ROLE === '1',
    logLevel: values.HEARTH_LOG_LEVEL,
    cpuCount: os.availableParallelism(),
  };
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => `${name} is not a setting of Hearth. docs/configuration.md lists them.`);
  }
  return [`${issue.path.join('.')}: ${issue.message}.`];
}

function wholeNumber(minimum: number, maximum: number) {
  const error = `must be a whole number from ${minimum} to ${maximum}`;
  return z.coerce.number({ error }).int({ error }).min(minimum, { error }).max(maximum, { error });
}
