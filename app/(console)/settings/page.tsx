import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { isolationQuery } from '../../../components/api/get-isolation.ts';
import { getQueryClient } from '../../../components/api/query-client.ts';
import { PageHeader } from '../../../components/page-header.tsx';
import { apiEndpoint } from '../../api-endpoint.ts';
import { serverTransport } from '../../server-transport.ts';
import { EndpointsCard } from './endpoints-card.tsx';
import { IsolationCard } from './isolation-card.tsx';
import { ThemeCard } from './theme-card.tsx';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const queryClient = getQueryClient();
  const [endpoint] = await Promise.all([
    apiEndpoint(),
    queryClient.prefetchQuery(isolationQuery(await serverTransport())),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <div className="flex w-full max-w-220 flex-col gap-5 p-4 md:p-6">
        <PageHeader title="Settings" />
        <EndpointsCard endpoint={endpoint} />
        <IsolationCard />
        <ThemeCard />
      </div>
    </HydrationBoundary>
  );
}
