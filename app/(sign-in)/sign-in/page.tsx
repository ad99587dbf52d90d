import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getQueryClient } from '../../../components/api/query-client.ts';
import { meQuery } from '../../../components/api/session.ts';
import { serverTransport } from '../../server-transport.ts';
import { SignIn } from './client.tsx';
import { safeNext } from './safe-next.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const next = safeNext((await searchParams).next);
  const me = await getQueryClient()
    .fetchQuery(meQuery(await serverTransport()))
    .catch(() => undefined);
  if (me) redirect(next);
  return <SignIn next={next} />;
}
