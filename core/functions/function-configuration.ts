import { createHash } from 'node:crypto';
import type {
  Architecture,
  FunctionConfiguration,
  LastUpdateStatus,
  Runtime,
  State,
} from '@aws-sdk/client-lambda';
import type { Function as FunctionRow } from '../../prisma/generated/client.ts';
import { functionArn } from '../arn.ts';
import type { Core } from '../core.ts';
import { readFunctionLayers } from '../layers/function-layers.ts';
import { versionName } from '../versions/version-name.ts';
import { readEnvironment } from './environment-variables.ts';

/** The group that a function's log lines go to. */
export function defaultLogGroup(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

/**
 * FunctionConfiguration as Lambda shows it.
 * @param qualifier as the client named the version; the ARN shows it, and is unqualified without it.
 */
export function describeFunction(core: Core, row: FunctionRow, qualifier?: string): FunctionConfiguration {
  return {
    ...describeListedFunction(core, row, qualifier),
    ...describeState(row),
    RuntimeVersionConfig: {
      // Not AWS's own versions: a stable ARN of the right form for each runtime.
      RuntimeVersionArn: `arn:aws:lambda:${row.region}::runtime:${sha256(`hearth ${row.runtime}`, 'hex')}`,
    },
  };
}

/** The same as a list shows it: without the states and the runtime's version. */
export function describeListedFunction(
  core: Core,
  row: FunctionRow,
  qualifier?: string,
): FunctionConfiguration {
  const variables = readEnvironment(core, row);
  const layers = readFunctionLayers(row);
  const configuration = {
    FunctionName: row.name,
    FunctionArn: functionArn({ ...row, functionName: row.name }, qualifier),
    Runtime: row.runtime as Runtime,
    Role: row.role,
    Handler: row.handler,
    CodeSize: Number(row.codeSize),
    Description: row.description,
    Timeout: row.timeout,
    MemorySize: row.memorySize,
    CodeSha256: Buffer.from(row.codeSha256, 'hex').toString('base64'),
    Version: versionName(row.version),
    ...(variables && { Environment: { Variables: variables } }),
    TracingConfig: { Mode: 'PassThrough' as const },
    ...(layers.length > 0 && {
      Layers: layers.map(({ arn, codeSize }) => ({ Arn: arn, CodeSize: codeSize })),
    }),
    PackageType: 'Zip' as const,
    Architectures: [row.architecture as Architecture],
    EphemeralStorage: { Size: row.ephemeralStorageSize },
    SnapStart: { ApplyOn: 'None' as const, OptimizationStatus: 'Off' as const },
    LoggingConfig: { LogFormat: 'Text' as const, LogGroup: defaultLogGroup(row.name) },
  };
  return {
    ...configuration,
    ConfigSha256: sha256(JSON.stringify(configuration), 'base64'),
    LastModified: row.lastModified.toISOString().replace('Z', '+0000'),
    RevisionId: row.revisionId,
  };
}

function describeState(row: FunctionRow): FunctionConfiguration {
  const state = {
    State: row.state as State,
    StateReason: row.stateReason,
    StateReasonCode: row.stateReasonCode,
    LastUpdateStatus: row.lastUpdateStatus as LastUpdateStatus | null,
    LastUpdateStatusReason: row.lastUpdateStatusReason,
    LastUpdateStatusReasonCode: row.lastUpdateStatusReasonCode,
  };
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== null));
}

function sha256(text: string, encoding: 'hex' | 'base64'): string {
  return createHash('sha256').update(text).digest(encoding);
}
