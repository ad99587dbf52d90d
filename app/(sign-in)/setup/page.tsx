import type { Metadata } from 'next';
import { getSetup } from '../../../components/api/session.ts';
import { serverTransport } from '../../server-transport.ts';
import { Setup } from './client.tsx';

export const metadata: Metadata = { title: 'Set up' };

export default async function SetupPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[] }>;
}) {
  const { token } = await searchParams;
  // When the worker is not there yet the form still shows: sending it will tell.
  const { open } = await getSetup(await serverTransport()).catch(() => ({ open: true }));
  return <Setup open={open} token={typeof token === 'string' ? token : ''} />;
}
