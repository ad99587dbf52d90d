import type { Caller } from '../caller.ts';
import type { Core } from '../core.ts';
import type { ExecutableFunction } from './executable-function.ts';

export interface ResolvedExecutable {
  executable: ExecutableFunction;
  /** The ARN as the client named it, with its qualifier if it gave one. */
  invokedFunctionArn: string;
}

/**
 * What to run for a function name, ARN or partial ARN. Synchronous, without a database call, once the function
 * is known in memory; a promise the first time and after a change.
 * @throws ServiceError ValidationException, ResourceNotFoundException, AccessDeniedException.
 */
export function resolveExecutable(
  _core: Core,
  _caller: Caller,
  _functionName: string,
  _qualifier?: string,
): ResolvedExecutable | Promise<ResolvedExecutable> {
  throw new Error('Not written yet.');
}
