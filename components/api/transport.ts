/**
 * Sends a request to the worker. `path` is the worker's own: `/2015-03-31/functions`, `/auth/me`.
 * The browser and the console's server have one each, so queries work in both.
 */
export type Transport = (path: string, init?: RequestInit) => Promise<Response>;

/** Through the console's own origin, which hands `/api/*` and `/auth/*` to the worker. */
export const browserTransport: Transport = (path, init) =>
  fetch(path.startsWith('/auth/') ? path : `/api${path}`, init);
