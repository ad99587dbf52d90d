import type { ListFunctionsResponse } from '@aws-sdk/client-lambda';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { sendJson } from './request.ts';
import { browserTransport, type Transport } from './transport.ts';

/** One page of at most 50 functions. */
function listFunctions(transport: Transport, marker?: string): Promise<ListFunctionsResponse> {
  const query = marker ? `?Marker=${encodeURIComponent(marker)}` : '';
  return sendJson(transport, `/2015-03-31/functions/${query}`);
}

export function functionsQuery(transport: Transport = browserTransport) {
  return infiniteQueryOptions({
    queryKey: ['functions'],
    queryFn: ({ pageParam }) => listFunctions(transport, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.NextMarker || undefined,
  });
}
