import 'server-only';
import { headers } from 'next/headers';

/**
 * Where AWS clients reach the API, seen from the viewer's browser: the machine that it calls the console by, with
 * the API's port.
 */
export async function apiEndpoint(): Promise<string> {
  const endpoint = new URL(process.env.HEARTH_API_ORIGIN ?? 'http://localhost:4566');
  const host = (await headers()).get('host') ?? 'localhost';
  endpoint.hostname = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : 'localhost';
  return endpoint.origin;
}
