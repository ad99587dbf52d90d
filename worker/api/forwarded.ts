import type { IncomingMessage } from 'node:http';

/** How a client sees this server, and from where. */
export interface ClientView {
  scheme: 'http' | 'https';
  /** Host and port that the client asked for. */
  host: string;
  /** Origin by which the client reached this server. */
  endpoint: string;
  /** Whether a proxy stands between. */
  proxied: boolean;
  /** IP address. */
  clientAddress: string;
}

/**
 * Looks through the console's proxy. What `x-forwarded-*` headers claim counts only from this machine itself, where
 * the console runs; of a chain of addresses the last one, which the nearest proxy has seen, counts.
 */
export function clientView(message: IncomingMessage): ClientView {
  const peer = message.socket.remoteAddress ?? '';
  const forwarded = (name: string) => {
    const value = isLoopback(peer) ? message.headers[name] : undefined;
    return typeof value === 'string' ? value.split(',').at(-1)?.trim() : undefined;
  };
  const scheme = forwarded('x-forwarded-proto') === 'https' ? 'https' : 'http';
  const forwardedHost = forwarded('x-forwarded-host');
  const host = forwardedHost || message.headers.host || 'localhost';
  return {
    scheme,
    host,
    endpoint: `${scheme}://${host}`,
    proxied: forwardedHost !== undefined,
    clientAddress: forwarded('x-forwarded-for') || peer,
  };
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}
