import type { FunctionConfiguration, GetFunctionResponse } from '@aws-sdk/client-lambda';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { functionPath } from './function-path.ts';
import { sendJson } from './request.ts';
import { browserTransport, type Transport } from './transport.ts';

/** Whether the last change of a function is still being carried out. */
export function isInTransition(configuration: FunctionConfiguration | undefined): boolean {
  return configuration?.State === 'Pending' || configuration?.LastUpdateStatus === 'InProgress';
}

/** Key of a function's configuration in the cache. */
export function functionKey(name: string) {
  return ['function', name] as const;
}

export function functionQuery(name: string, transport: Transport = browserTransport) {
  return queryOptions({
    queryKey: functionKey(name),
    queryFn: ({ signal }) =>
      sendJson<FunctionConfiguration>(transport, functionPath(name, 'configuration'), {
        method: 'GET',
        signal,
      }),
    refetchInterval: (query) => (isInTransition(query.state.data) ? 200 : false),
  });
}

/** A function's configuration, followed while it is in transition. */
export function useFunction(name: string) {
  return useQuery(functionQuery(name));
}

/** Configuration and a fresh download link. Not cached: the link expires. */
export function getFunction(
  transport: Transport,
  name: string,
  signal?: AbortSignal,
): Promise<GetFunctionResponse> {
  return sendJson(transport, functionPath(name), { method: 'GET', signal });
}
