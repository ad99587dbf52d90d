import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { functionsQuery } from '../../../components/api/list-functions.ts';
import { getQueryClient } from '../../../components/api/query-client.ts';
import { apiEndpoint } from '../../api-endpoint.ts';
import { serverTransport } from '../../server-transport.ts';
import { Functions } from './client.tsx';
import { readBlueprints } from './create/read-blueprints.ts';

export const metadata: Metadata = { title: 'Functions' };

export default async function FunctionsPage() {
  const queryClient = getQueryClient();
  const [endpoint, blueprints] = await Promise.all([
    apiEndpoint(),
    readBlueprints(),
    queryClient.prefetchInfiniteQuery(functionsQuery(await serverTransport())),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <Functions
        endpoint={endpoint}
        blueprints={blueprints
          .filter(({ id }) => id !== 'blank')
          .map(({ id, title, description }) => ({ id, title, description }))}
      />
    </HydrationBoundary>
  );
}
