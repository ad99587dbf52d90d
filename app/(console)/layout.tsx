import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { ApiError } from '../../components/api/api-error.ts';
import { getQueryClient } from '../../components/api/query-client.ts';
import { meQuery } from '../../components/api/session.ts';
import { Shell } from '../../components/shell/shell.tsx';
import { serverTransport } from '../server-transport.ts';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const queryClient = getQueryClient();
  try {
    await queryClient.fetchQuery(meQuery(await serverTransport()));
  } catch (error) {
    if (error instanceof ApiError && error.isSessionExpired) {
      const path = (await headers()).get('x-pathname') ?? '/functions';
      redirect(`/sign-in?next=${encodeURIComponent(path)}`);
    }
    // Anything else shows in the page, which asks again by itself.
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <Shell>{children}</Shell>
    </HydrationBoundary>
  );
}
