import { queryOptions, useQuery } from '@tanstack/react-query';
import { send, sendJson } from './request.ts';
import { browserTransport, type Transport } from './transport.ts';

/** Who is signed in, and to what. */
export interface Me {
  name: string;
  role: string;
  /** 12 digits. */
  accountId: string;
  region: string;
  arn: string;
}

export function meQuery(transport: Transport = browserTransport) {
  // Asking prolongs the session by a new cookie, which only the browser itself can take.
  const path = transport === browserTransport ? '/auth/me' : '/auth/me?disableRefresh=true';
  return queryOptions({
    queryKey: ['me'],
    queryFn: ({ signal }) => sendJson<Me>(transport, path, { method: 'GET', signal }),
    staleTime: 60_000,
  });
}

export function useMe() {
  return useQuery(meQuery());
}

/** @throws ApiError 401 when name and password do not belong together, 429 after too many attempts. */
export async function signIn(credentials: { username: string; password: string }): Promise<void> {
  await sendJson(browserTransport, '/auth/sign-in/username', { method: 'POST', body: credentials });
}

export async function signOut(): Promise<void> {
  await sendJson(browserTransport, '/auth/sign-out', { method: 'POST', body: {} });
}

/** Whether the one-time link for the first administrator still works. */
export async function getSetup(transport: Transport): Promise<{ open: boolean }> {
  return sendJson(transport, '/auth/setup');
}

/** Makes the first administrator. @throws ApiError when the link was used or is not the one printed. */
export async function setUp(input: { token: string; name: string; password: string }): Promise<void> {
  await send(browserTransport, '/auth/setup', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
}
