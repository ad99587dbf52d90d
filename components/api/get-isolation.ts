import { queryOptions, useQuery } from '@tanstack/react-query';
import { sendJson } from './request.ts';
import { browserTransport, type Transport } from './transport.ts';

/** What protects this machine from the functions it runs. */
export interface IsolationReport {
  driver: 'bubblewrap' | 'process';
  protections: { name: string; active: boolean; detail: string }[];
}

export function isolationQuery(transport: Transport = browserTransport) {
  return queryOptions({
    queryKey: ['isolation'],
    queryFn: ({ signal }) =>
      sendJson<IsolationReport>(transport, '/hearth/isolation', { method: 'GET', signal }),
    staleTime: 60_000,
  });
}

export function useIsolation() {
  return useQuery(isolationQuery());
}
