import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { limits, reservedVariables } from '../limits.ts';

/** @throws ServiceError InvalidParameterValueException for reserved names, and over 4 KB. */
export function checkEnvironmentVariables(variables: Record<string, string>): void {
  const reserved = Object.keys(variables).filter((name) => reservedVariables.has(name));
  if (reserved.length > 0) {
    throw new ServiceError(
      'InvalidParameterValueException',
      'Lambda was unable to configure your environment variables because the environment variables you have ' +
        'provided contains reserved keys that are currently not supported for modification. ' +
        `Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  const measured = JSON.stringify(variables);
  if (Buffer.byteLength(measured) > limits.environmentVariablesBytes) {
    throw new ServiceError(
      'InvalidParameterValueException',
      'Lambda was unable to configure your environment variables because the environment variables you have ' +
        `provided exceeded the 4KB limit. String measured: ${measured}`,
    );
  }
}

/** A function's variables as its row keeps them. */
export function sealEnvironment(core: Core, functionId: string, variables: Record<string, string>): string {
  return core.vault.encrypt(JSON.stringify(variables), context(functionId));
}

/** A function's variables; undefined when they were never set. */
export function readEnvironment(
  core: Core,
  row: { id: string; environment: string | null },
): Record<string, string> | undefined {
  if (row.environment === null) return undefined;
  return JSON.parse(core.vault.decrypt(row.environment, context(row.id))) as Record<string, string>;
}

function context(functionId: string): string {
  return `function/${functionId}/environment`;
}
