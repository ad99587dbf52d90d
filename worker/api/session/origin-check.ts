import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../../../core/errors.ts';
import { clientView } from '../forwarded.ts';

/**
 * Refuses requests that a page of another site made the browser send. A browser names the page's origin with
 * everything but plain GET and HEAD, which change nothing.
 * @throws ServiceError AccessDeniedException
 */
export function checkOrigin(message: IncomingMessage): void {
  if (message.method === 'GET' || message.method === 'HEAD') return;
  const { origin } = message.headers;
  const site = message.headers['sec-fetch-site'];
  const { host } = clientView(message);
  if (origin?.replace(/^https?:\/\//, '') !== host || (site !== undefined && site !== 'same-origin')) {
    throw new ServiceError(
      'AccessDeniedException',
      'Requests with a session cookie are accepted from the console only: the Origin header must name this server.',
    );
  }
}
