import type { IncomingMessage } from 'node:http';

/** How a client sees this server, and from where. */
export interface ClientView {
  scheme: 'http' | 'https';
  /** Host and port that the client asked for. */
  host: string;
  /** Origin by which the client reached this server. */
  endpoint: string;
  /** Origin of this server, whatever proxy stands between. */
  apiOrigin: string;
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
  const proxied = forwardedHost !== undefined;
  const endpoint = `${scheme}://${host}`;
  return {
    scheme,
    host,
    endpoint,
    // The console's proxy runs on this machine, so this server has the same name and a port of its own.
    apiOrigin: proxied ? `http://${host.replace(/:\d+$/, '')}:${message.socket.localPort}` : endpoint,
    proxied,
    clientAddress: forwarded('x-forwarded-for') || peer,
  };
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}
