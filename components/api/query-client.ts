import { isServer, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';
import { reportConnection } from './connection.ts';

function watch(error: unknown): void {
  if (!(error instanceof ApiError) || isServer) return;
  if (error.isSessionExpired) reportConnection('signed-out');
  else if (error.workerIsDown) reportConnection('worker-down');
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // What the worker refuses it refuses again; what it could not answer is asked again when it is back.
        retry: (failures, error) =>
          failures < 1 && error instanceof ApiError && error.status >= 500 && !error.workerIsDown,
      },
    },
  });
}

/**
 * Loads everything on the page again, after a time in which requests did not get through. Not the package in the
 * editor: what was typed stands on it.
 */
export function loadAgain(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({
    predicate: ({ queryKey, state }) => queryKey[0] !== 'function-package' || state.status === 'error',
  });
}

let browserClient: QueryClient | undefined;

/** The cache of queries: one for the life of a browser tab, a new one for every request on the server. */
export function getQueryClient(): QueryClient {
  if (isServer) return createQueryClient();
  browserClient ??= createQueryClient();
  return browserClient;
}
