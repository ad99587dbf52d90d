import type { Core } from '../../../core/core.ts';
import { ServiceError } from '../../../core/errors.ts';
import { readBody } from '../body.ts';
import { clientView } from '../forwarded.ts';
import { parseJsonObject } from '../json.ts';
import { type HttpRequest, type HttpResponse, jsonResponse, type Route } from '../route.ts';
import { type Auth, clientAddressHeader } from './auth.ts';
import type { FirstAdministrator } from './first-administrator.ts';
import { checkOrigin } from './origin-check.ts';
import { consoleUser } from './sessions.ts';

const longestBody = 16_384;

/**
 * Signing in to the console, below `/auth`: `POST sign-in/username {username, password}`, `POST sign-out`,
 * `GET me`, and the first administrator's `GET` and `POST setup {token, name, password}`. Of better-auth's own
 * endpoints no others are reachable.
 */
export function sessionRoutes(core: Core, auth: Auth, firstAdministrator: FirstAdministrator): Route[] {
  const callAuth = async (request: HttpRequest, method: string, path: string, body?: string) => {
    const view = clientView(request.message);
    const { cookie, 'user-agent': userAgent } = request.message.headers;
    const response = await auth.handler(
      new Request(`http://localhost/auth${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          [clientAddressHeader]: view.clientAddress,
          ...(cookie && { cookie }),
          ...(userAgent && { 'user-agent': userAgent }),
        },
        ...(body !== undefined && { body }),
      }),
    );
    return { response, cookies: cookiesOf(response, view.scheme) };
  };
  const forward = (path: string): Route => ({
    method: 'POST',
    path: `/auth${path}`,
    async handle(request) {
      const body = await readForm(request);
      const { response, cookies } = await callAuth(request, 'POST', path, JSON.stringify(body));
      const retryAfter = response.headers.get('x-retry-after');
      return {
        status: response.status,
        headers: {
          'content-type': 'application/json',
          'cache-control': 'no-store',
          ...(retryAfter && { 'retry-after': retryAfter }),
          'set-cookie': cookies,
        },
        body: await response.text(),
      };
    },
  });
  return [
    forward('/sign-in/username'),
    forward('/sign-out'),
    {
      method: 'GET',
      path: '/auth/me',
      async handle(request) {
        const { response, cookies } = await callAuth(request, 'GET', '/get-session');
        const session: Auth['$Infer']['Session'] | null = await response.json();
        if (!session) {
          throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
        }
        const user = { ...consoleUser(session.user), region: core.region };
        return jsonResponse(200, user, { 'set-cookie': cookies, 'cache-control': 'no-store' });
      },
    },
    {
      method: 'GET',
      path: '/auth/setup',
      handle: async () =>
        jsonResponse(200, { open: firstAdministrator.isOpen() }, { 'cache-control': 'no-store' }),
    },
    {
      method: 'POST',
      path: '/auth/setup',
      async handle(request): Promise<HttpResponse> {
        const form = await readForm(request);
        const { name, password } = await firstAdministrator.create(form.token, form.name, form.password);
        const signIn = JSON.stringify({ username: name, password });
        const { response, cookies } = await callAuth(request, 'POST', '/sign-in/username', signIn);
        if (!response.ok) throw new Error(`Sign-in after set-up answered ${response.status}.`);
        const user = consoleUser({ name, accountId: core.accountId, role: 'admin' });
        return jsonResponse(200, { ...user, region: core.region }, { 'set-cookie': cookies });
      },
    },
  ];
}

async function readForm(request: HttpRequest) {
  checkOrigin(request.message);
  const body = await readBody(
    request.message,
    longestBody,
    () =>
      new ServiceError('RequestEntityTooLargeException', `Request must be smaller than ${longestBody} bytes`),
  );
  return parseJsonObject(body);
}

/** The proxy in front knows whether the browser speaks HTTPS; better-auth, which writes the cookies, does not. */
function cookiesOf(response: Response, scheme: 'http' | 'https'): string[] {
  const cookies = response.headers.getSetCookie();
  return scheme === 'https' ? cookies.map((cookie) => `${cookie}; Secure`) : cookies;
}
