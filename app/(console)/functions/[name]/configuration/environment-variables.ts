import { limits } from '../../../../../core/limits.ts';

/** One environment variable as typed. */
export interface Variable {
  /** Identity in the list; means nothing else. */
  id: number;
  name: string;
  value: string;
}

/** Names that the runtime sets itself. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const reserved = new Set([
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

/** Why a variable's name is refused; undefined when it is not. */
export function nameProblem({ id, name }: Variable, all: readonly Variable[]): string | undefined {
  if (name === '') return 'Enter a name.';
  if (reserved.has(name)) return 'The runtime sets this one itself.';
  if (!/^[a-zA-Z][a-zA-Z0-9_]+$/.test(name))
    return 'Two or more letters, digits and underscores, beginning with a letter.';
  if (all.some((other) => other.id !== id && other.name === name)) return 'This name is there twice.';
  return undefined;
}

/** What the API takes. */
export function toMap(variables: readonly Variable[]): Record<string, string> {
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}

/** Bytes that variables count for against the 4 KB that a function may have: their JSON. */
export function bytesOf(variables: readonly Variable[]): number {
  return new TextEncoder().encode(JSON.stringify(toMap(variables))).length;
}

/** Whether variables fit into a function. */
export function fits(variables: readonly Variable[]): boolean {
  return bytesOf(variables) <= limits.environmentVariablesBytes;
}
