import type { JsonObject } from '../../../core/caller.ts';
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
  /** Asks better-auth for the client of `request`. */
  const ask = (
    { message }: HttpRequest,
    method: string,
    path: string,
    form?: JsonObject,
  ): Promise<Response> => {
    const { cookie = '', 'user-agent': userAgent = '' } = message.headers;
    return auth.handler(
      new Request(`http://localhost/auth${path}`, {
        method,
        headers: {
          cookie,
          'user-agent': userAgent,
          'content-type': 'application/json',
          [clientAddressHeader]: clientView(message).clientAddress,
        },
        ...(form && { body: JSON.stringify(form) }),
      }),
    );
  };
  const signIn = async (
    request: HttpRequest,
    username: unknown,
    password: unknown,
  ): Promise<HttpResponse> => {
    const response = await ask(request, 'POST', '/sign-in/username', { username, password });
    const answer = await response.json();
    return respond(request, response, response.ok ? describeUser(core, answer.user) : answer);
  };
  return [
    {
      method: 'POST',
      path: '/auth/sign-in/username',
      async handle(request) {
        const { username, password } = await readForm(request);
        return signIn(request, username, password);
      },
    },
    {
      method: 'POST',
      path: '/auth/sign-out',
      async handle(request) {
        await readForm(request);
        const response = await ask(request, 'POST', '/sign-out', {});
        return respond(request, response, await response.json());
      },
    },
    {
      method: 'GET',
      path: '/auth/me',
      async handle(request) {
        // Asking prolongs the session by a new cookie; who could not keep it says so.
        const refresh = request.query.get('disableRefresh') === 'true' ? '?disableRefresh=true' : '';
        const response = await ask(request, 'GET', `/get-session${refresh}`);
        const session: Auth['$Infer']['Session'] | null = await response.json();
        if (!session) {
          throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
        }
        return respond(request, response, describeUser(core, session.user));
      },
    },
    {
      method: 'GET',
      path: '/auth/setup',
      handle: async () => jsonResponse(200, { open: firstAdministrator.isOpen() }, noStore),
    },
    {
      method: 'POST',
      path: '/auth/setup',
      async handle(request) {
        const form = await readForm(request);
        const { name, password } = await firstAdministrator.create(form.token, form.name, form.password);
        return signIn(request, name, password);
      },
    },
  ];
}

const noStore = { 'cache-control': 'no-store' };

/** What better-auth answered, with a body of ours. */
function respond(request: HttpRequest, response: Response, body: unknown): HttpResponse {
  const retryAfter = response.headers.get('x-retry-after');
  return jsonResponse(response.status, body, {
    ...noStore,
    ...(retryAfter && { 'retry-after': retryAfter }),
    'set-cookie': cookiesOf(response, clientView(request.message).scheme),
  });
}

function describeUser(core: Core, user: Auth['$Infer']['Session']['user']) {
  return { ...consoleUser(user), region: core.region };
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
