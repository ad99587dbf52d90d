import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { limits } from '../limits.ts';

/** Set by Lambda itself. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED = new Set([
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

/** @throws ServiceError InvalidParameterValueException for reserved names, and over 4 KB. */
export function checkEnvironmentVariables(variables: Record<string, string>): void {
  const reserved = Object.keys(variables).filter((name) => RESERVED.has(name));
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
