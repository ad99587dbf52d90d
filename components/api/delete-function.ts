import type { ListFunctionsResponse } from '@aws-sdk/client-lambda';
import type { InfiniteData } from '@tanstack/react-query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';
import { functionPath } from './function-path.ts';
import { functionKey } from './get-function.ts';
import { functionsQuery } from './list-functions.ts';
import { send } from './request.ts';
import { browserTransport } from './transport.ts';

/** Deletes functions one after the other. One that is gone already counts as deleted. */
async function deleteFunctions(names: readonly string[]): Promise<void> {
  for (const name of names) {
    try {
      await send(browserTransport, functionPath(name), { method: 'DELETE' });
    } catch (error) {
      if (!(error instanceof ApiError && error.isNotFound)) throw error;
    }
  }
}

export function useDeleteFunctions() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: deleteFunctions,
    onSuccess: (_, names) => {
      queryClient.setQueryData<InfiniteData<ListFunctionsResponse, string>>(
        functionsQuery().queryKey,
        (data) =>
          data && {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              Functions: page.Functions?.filter((item) => !names.includes(item.FunctionName ?? '')),
            })),
          },
      );
      // Not fetched again at once: the screen that is being left still shows it.
      for (const name of names) {
        void queryClient.invalidateQueries({ queryKey: functionKey(name), refetchType: 'none' });
      }
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: functionsQuery().queryKey });
    },
  });
}
