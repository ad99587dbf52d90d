import { cookiePrefix } from '../session/auth.ts';

/**
 * The cookies of a request without the console's, which browsers send to every port of a host.
 * @param header `a=1; b=2`
 */
export function functionCookies(header: string | undefined): string[] {
  if (!header) return [];
  return header
    .split(';')
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '' && !isConsoleCookie(cookie));
}

/** Whether a function tries to set, or would be shown, a cookie of the console. */
export function isConsoleCookie(cookie: string): boolean {
  return cookie.trimStart().toLowerCase().startsWith(`${cookiePrefix}.`);
}
