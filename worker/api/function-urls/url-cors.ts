import type { IncomingMessage } from 'node:http';
import type { Cors } from '@aws-sdk/client-lambda';

type Headers = Record<string, string>;

/** Whether a browser asks what it may send; only with Cors configured does Lambda answer that itself. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'OPTIONS' &&
    headers.origin !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}

/**
 * What a browser learns before it sends a request; nothing for a page that may not.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors
 */
export function preflightHeaders(cors: Cors, origin: string | undefined): Headers {
  const headers = responseHeaders(cors, origin);
  if (!headers['access-control-allow-origin']) return headers;
  delete headers['access-control-expose-headers'];
  return {
    ...headers,
    ...(cors.AllowMethods?.length && { 'access-control-allow-methods': cors.AllowMethods.join(',') }),
    ...(cors.AllowHeaders?.length && { 'access-control-allow-headers': cors.AllowHeaders.join(',') }),
    ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
  };
}

/** What is added to every answer to a page of another origin. */
export function responseHeaders(cors: Cors, origin: string | undefined): Headers {
  const { AllowOrigins = [], AllowCredentials, ExposeHeaders } = cors;
  const vary = { vary: 'Origin' };
  if (origin === undefined) return vary;
  const isAllowed = AllowOrigins.includes('*') || AllowOrigins.some((allowed) => same(allowed, origin));
  if (!isAllowed) return vary;
  return {
    ...vary,
    // Browsers take no wildcard beside credentials.
    'access-control-allow-origin': AllowOrigins.includes('*') && !AllowCredentials ? '*' : origin,
    ...(AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(ExposeHeaders?.length && { 'access-control-expose-headers': ExposeHeaders.join(',') }),
  };
}

function same(allowed: string, origin: string): boolean {
  return allowed.replace(/\/$/, '').toLowerCase() === origin.toLowerCase();
}
