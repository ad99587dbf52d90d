import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { functionQuery } from '../../../../components/api/get-function.ts';
import { getQueryClient } from '../../../../components/api/query-client.ts';
import { serverTransport } from '../../../server-transport.ts';
import { FunctionScreen } from './client.tsx';

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function FunctionPage({ params }: Props) {
  const name = decodeURIComponent((await params).name);
  const queryClient = getQueryClient();
  await queryClient.prefetchQuery(functionQuery(name, await serverTransport()));
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <FunctionScreen name={name} />
    </HydrationBoundary>
  );
}
