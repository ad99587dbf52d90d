import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import type { AvailableRuntime } from './runtimes.ts';

/**
 * The environment variables of a function: the configured ones, and those that the platform sets and nobody may
 * configure. There are no credentials among them: a function has no role of its own yet.
 */
export function functionVariables(
  executable: ExecutableFunction,
  runtime: AvailableRuntime,
  taskRoot: string,
  logStreamName: string,
): Record<string, string> {
  return {
    PWD: taskRoot,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '169.254.100.1:2000',
    ...runtime.variables,
    ...executable.environmentVariables,
    _AWS_XRAY_DAEMON_ADDRESS: '169.254.100.1',
    _AWS_XRAY_DAEMON_PORT: '2000',
    _HANDLER: executable.handler,
    AWS_DEFAULT_REGION: executable.region,
    AWS_REGION: executable.region,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(executable.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_NAME: executable.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: executable.version,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: executable.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_LAMBDA_RUNTIME_API: '169.254.100.1:9001',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    LAMBDA_TASK_ROOT: taskRoot,
  };
}

/** The variables that the interpreter must find when it starts: those for the function's memory, and configured ones. */
export function startVariables(
  executable: ExecutableFunction,
  runtime: AvailableRuntime,
): Record<string, string> {
  const configured = Object.entries(executable.environmentVariables);
  return {
    ...runtime.memoryVariables?.(executable.memoryMegabytes),
    ...Object.fromEntries(configured.filter(([name]) => runtime.startVariables.test(name))),
  };
}
