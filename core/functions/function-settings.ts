import type { Architecture } from '@aws-sdk/client-lambda';
import { ServiceError } from '../errors.ts';
import { limits } from '../limits.ts';
import { checkRuntime } from '../runtimes.ts';
import { checkEnvironmentVariables } from './environment-variables.ts';
import { defaultLogGroup } from './function-configuration.ts';

/** What this machine's processor runs. */
export const machineArchitecture: Architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';

/** The members of a checked CreateFunction or UpdateFunctionConfiguration request that are honoured. */
interface Settings {
  Runtime?: string | undefined;
  Handler?: string | undefined;
  Role?: string | undefined;
  Description?: string | undefined;
  MemorySize?: number | undefined;
  Timeout?: number | undefined;
  EphemeralStorage?: { Size: number } | undefined;
  Environment?: { Variables?: Record<string, string> | undefined } | undefined;
  LoggingConfig?: { LogGroup?: string | undefined } | undefined;
}

/**
 * The columns that a request sets; undefined for members that it does not have.
 * @throws ServiceError InvalidParameterValueException for what models cannot express.
 */
export function settingsColumns(functionName: string, settings: Settings) {
  const { Runtime, Environment, LoggingConfig } = settings;
  if (Runtime !== undefined) checkRuntime(Runtime);
  if (Environment?.Variables) checkEnvironmentVariables(Environment.Variables);
  if (LoggingConfig?.LogGroup !== undefined && LoggingConfig.LogGroup !== defaultLogGroup(functionName)) {
    throw new ServiceError(
      'InvalidParameterValueException',
      'Hearth does not support LoggingConfig.LogGroup yet.',
    );
  }
  return {
    runtime: Runtime,
    handler: settings.Handler,
    role: settings.Role,
    description: settings.Description,
    memorySize: settings.MemorySize,
    timeout: settings.Timeout,
    ephemeralStorageSize: settings.EphemeralStorage?.Size,
  };
}

/** @throws ServiceError InvalidParameterValueException for an architecture that this machine is not. */
export function checkArchitectures(architectures: string[] | undefined): void {
  const wanted = architectures?.[0];
  if (wanted === undefined || wanted === machineArchitecture) return;
  throw new ServiceError(
    'InvalidParameterValueException',
    `Hearth does not support the architecture ${wanted} on this machine, which is ${machineArchitecture}.`,
  );
}

/** @throws ServiceError InvalidParameterValueException for more than 50 tags, and for keys that are AWS's own. */
export function checkTags(tags: Record<string, string>): void {
  const keys = Object.keys(tags);
  if (keys.length > limits.tagsPerResource) {
    throw new ServiceError('InvalidParameterValueException', 'Number of tags exceeds resource tag limit.');
  }
  const reserved = keys.find((key) => key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) {
    throw new ServiceError(
      'InvalidParameterValueException',
      `The tag key ${reserved} is reserved: keys that start with aws: are AWS's own.`,
    );
  }
}
