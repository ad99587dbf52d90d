import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import type { Transport } from '../components/api/transport.ts';

/** Straight to the worker, on behalf of whoever asked for the page. */
export const serverTransport = cache(async (): Promise<Transport> => {
  const incoming = await headers();
  const origin = process.env.HEARTH_API_ORIGIN;
  const onBehalf: Record<string, string> = {};
  for (const name of ['cookie', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto']) {
    const value = incoming.get(name);
    if (value !== null) onBehalf[name] = value;
  }
  return (path, init) =>
    fetch(`${origin}${path}`, { ...init, headers: { ...init?.headers, ...onBehalf }, cache: 'no-store' });
});
