import { AwsFault } from './aws-fault.ts';

/**
 * A page of a list; the token is the position of the next one.
 * @throws AwsFault InvalidParameterException for a token that is none of ours.
 */
export function pageOf<T>(
  items: readonly T[],
  limit: number,
  token: string | undefined,
): { items: T[]; nextToken?: string } {
  const start = readOffset(token);
  const page = items.slice(start, start + limit);
  return start + limit < items.length ? { items: page, nextToken: String(start + limit) } : { items: page };
}

/** @throws AwsFault InvalidParameterException */
export function readOffset(token: string | undefined): number {
  if (token === undefined) return 0;
  if (!/^\d{1,9}$/.test(token)) throw invalidToken();
  return Number(token);
}

export function invalidToken(): AwsFault {
  return new AwsFault('InvalidParameterException', 'The specified nextToken is invalid.');
}
