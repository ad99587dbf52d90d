import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { openControlChannel } from '../processes/control-channel.ts';
import { createReverseProxy, dropClaims } from './reverse-proxy.ts';

export interface ConsoleOptions {
  /** Address to listen on. */
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Origin of the worker's API: `http://127.0.0.1:4566`. */
  apiOrigin: string;
  /** Compiles pages as they are asked for, instead of serving what `next build` made. */
  dev: boolean;
}

export interface Console {
  /** `http://localhost:3000`. */
  origin: string;
  /** Ends every connection at once: the console keeps nothing that could be lost. */
  close(): Promise<void>;
}

/**
 * Starts the console: Next.js pages, with the worker's API behind `/api` and `/auth`.
 * @throws Error when the port is taken (`EADDRINUSE`) or the console was not built.
 */
export async function startConsole({ host, port, apiOrigin, dev }: ConsoleOptions): Promise<Console> {
  const dir = path.resolve(import.meta.dirname, '..');
  Object.assign(process.env, {
    // The first two are for Next.js, which reads them while it loads; the others for pages.
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    HEARTH_API_ORIGIN: apiOrigin,
    HEARTH_CONSOLE_DIRECTORY: dir,
  });
  const server = http.createServer();
  const address = await listen(server, host, port);
  try {
    const { default: next } = await import('next');
    const app = next({ dev, dir, hostname: host, port: address.port, httpServer: server });
    const proxy = createReverseProxy(apiOrigin);
    const prepared = app.prepare();
    server.on('request', (request, response) => {
      dropClaims(request);
      // A browser that asks while Next.js is still starting waits for it.
      if (!proxy.handle(request, response))
        void prepared.then(() => app.getRequestHandler()(request, response));
    });
    await prepared;
    return {
      origin: `http://${displayHost(host)}:${address.port}`,
      close: async () => {
        await closeServer(server);
        proxy.close();
        await app.close();
      },
    };
  } catch (error) {
    await closeServer(server);
    throw error;
  }
}

function listen(server: http.Server, host: string, port: number): Promise<AddressInfo> {
  // An invocation may take 15 minutes, and so may the upload of a large package over a slow line.
  server.requestTimeout = 0;
  server.timeout = 0;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      if (typeof address === 'object' && address) resolve(address);
    });
  });
}

function closeServer(server: http.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** A name that a browser can open, for addresses that mean "this machine" or "every interface". */
function displayHost(host: string): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

async function main(): Promise<void> {
  const started = startConsole({
    host: process.env.HEARTH_HOST || '127.0.0.1',
    port: Number(process.env.HEARTH_CONSOLE_PORT || 3000),
    apiOrigin: process.env.HEARTH_API_ORIGIN || 'http://127.0.0.1:4566',
    dev: process.argv.includes('--dev'),
  });
  const stop = () => {
    started.then((console) => console.close()).finally(() => process.exit(0));
  };
  const channel = openControlChannel(process.argv, stop);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
  channel.ready({ origin: (await started).origin });
}

if (import.meta.main) {
  await main().catch((error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE';
    console.error(taken ? `${error.message}. HEARTH_CONSOLE_PORT sets another port.` : error);
    process.exit(1);
  });
}
