import type { FunctionConfiguration, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { functionPath } from './function-path.ts';
import { functionKey } from './get-function.ts';
import { functionsQuery } from './list-functions.ts';
import { sendJson } from './request.ts';
import { browserTransport } from './transport.ts';

export type ConfigurationChange = Omit<UpdateFunctionConfigurationRequest, 'FunctionName'>;

/** Saves a part of a function's configuration. */
export function useUpdateFunctionConfiguration(name: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: ConfigurationChange) =>
      sendJson<FunctionConfiguration>(browserTransport, functionPath(name, 'configuration'), {
        method: 'PUT',
        body: change,
      }),
    onSuccess: (configuration) => {
      queryClient.setQueryData(functionKey(name), configuration);
      void queryClient.invalidateQueries({ queryKey: functionsQuery().queryKey });
    },
  });
}
