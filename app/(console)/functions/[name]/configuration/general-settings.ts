import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { ConfigurationChange } from '../../../../../components/api/update-function-configuration.ts';
import { handlerProblem, type NodeRuntime, numberProblem } from '../../../../../components/field-rules.ts';
import { limits } from '../../../../../core/limits.ts';

/** The general settings as typed. */
export interface GeneralSettings {
  /** MB. */
  memory: string;
  /** Seconds. */
  timeout: string;
  /** MB of /tmp. */
  storage: string;
  handler: string;
  runtime: string;
  description: string;
}

/** The settings that a function has. */
export function settingsOf(configuration: FunctionConfiguration): GeneralSettings {
  return {
    memory: String(configuration.MemorySize ?? limits.memoryMegabytes.default),
    timeout: String(configuration.Timeout ?? limits.timeoutSeconds.default),
    storage: String(configuration.EphemeralStorage?.Size ?? limits.ephemeralStorageMegabytes.default),
    handler: configuration.Handler ?? '',
    runtime: configuration.Runtime ?? '',
    description: configuration.Description ?? '',
  };
}

/** Why settings are refused, by field; undefined where they are not. */
export function settingProblems(settings: GeneralSettings): Partial<Record<keyof GeneralSettings, string>> {
  return {
    memory: numberProblem(settings.memory, limits.memoryMegabytes, 'MB'),
    timeout: numberProblem(settings.timeout, limits.timeoutSeconds, 'seconds'),
    storage: numberProblem(settings.storage, limits.ephemeralStorageMegabytes, 'MB'),
    handler: handlerProblem(settings.handler),
    description:
      settings.description.length > 256
        ? `At most 256 characters; this has ${settings.description.length}.`
        : undefined,
  };
}

/** AWS's name of each field in validation messages. */
export const apiFields: Record<keyof GeneralSettings, string> = {
  memory: 'memorySize',
  timeout: 'timeout',
  storage: 'ephemeralStorage.size',
  handler: 'handler',
  runtime: 'runtime',
  description: 'description',
};

/** The request that turns one into the other: only what differs. */
export function changeBetween(before: GeneralSettings, after: GeneralSettings): ConfigurationChange {
  const change: ConfigurationChange = {};
  if (after.memory !== before.memory) change.MemorySize = Number(after.memory);
  if (after.timeout !== before.timeout) change.Timeout = Number(after.timeout);
  if (after.storage !== before.storage) change.EphemeralStorage = { Size: Number(after.storage) };
  if (after.handler !== before.handler) change.Handler = after.handler;
  if (after.runtime !== before.runtime) change.Runtime = after.runtime as NodeRuntime;
  if (after.description !== before.description) change.Description = after.description;
  return change;
}
