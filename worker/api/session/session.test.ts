import { expect, test } from 'vitest';
import { type Answer, createFunction, startTestApi, type TestApi } from '../test-api.ts';
import { createSignIn } from './sign-in.ts';

const password = 'correct horse';

test('the one-time link makes the first administrator once, and signs in', async () => {
  const server = await startTestApi();
  const token = server.api.setupToken;
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  expect(await server.send('/auth/setup')).toMatchObject({ status: 200, body: '{"open":true}' });

  const made = await post(server, '/auth/setup', { token, name: 'Ann', password });
  expect(made.status).toBe(200);
  expect(JSON.parse(made.body)).toEqual({
    name: 'Ann',
    role: 'admin',
    accountId: '000000000000',
    arn: 'arn:aws:iam::000000000000:user/Ann',
    region: 'us-east-1',
  });
  expect(made.headers['set-cookie']).toEqual([
    expect.stringMatching(/^hearth\.session_token=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/),
  ]);
  const me = await server.send('/auth/me', { headers: { cookie: cookieOf(made) } });
  expect(JSON.parse(me.body)).toEqual(JSON.parse(made.body));

  expect(await server.send('/auth/setup')).toMatchObject({ body: '{"open":false}' });
  const again = await post(server, '/auth/setup', { token, name: 'Eve', password });
  expect(again.status).toBe(403);
  expect(JSON.parse(again.body)).toEqual({
    Message: expect.stringMatching(/^This set-up link is not valid/),
  });
});

test('two who use the link at once cannot both become administrator', async () => {
  const server = await startTestApi();
  const { setupToken: token } = server.api;
  const answers = await Promise.all(
    ['ann', 'bob', 'eve'].map((name) => post(server, '/auth/setup', { token, name, password })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
  expect(await server.core.db.user.count()).toBe(1);
});

test.each([
  ['a wrong token', { token: '0'.repeat(64) }, 403, /set-up link is not valid/],
  ['no token', { token: undefined }, 403, /set-up link is not valid/],
  ['a short password', { password: '1234567' }, 400, /password must have 8 to 128 characters/],
  ['a password that is no text', { password: 12345678 }, 400, /password must have 8 to 128 characters/],
  ['no name', { name: '' }, 400, /name must be 1 to 64 letters/],
  ['a name that would be another ARN', { name: 'ann/bob' }, 400, /name must be 1 to 64 letters/],
])('set-up refuses %s and stays open', async (_what, change, status, message) => {
  const server = await startTestApi();
  const form = { token: server.api.setupToken, name: 'ann', password };
  const refused = await post(server, '/auth/setup', { ...form, ...change });
  expect(refused.status).toBe(status);
  expect(refused.body).toMatch(message);
  expect((await post(server, '/auth/setup', form)).status).toBe(200);
});

test('signing in needs the right name and password, and signing out ends the session', async () => {
  const server = await startTestApi();
  await makeAdministrator(server);
  const wrong = await post(server, '/auth/sign-in/username', { username: 'ann', password: 'wrong horse' });
  expect(wrong.status).toBe(401);
  expect(JSON.parse(wrong.body).message).toBe('Invalid username or password');
  const unknown = await post(server, '/auth/sign-in/username', { username: 'nobody', password });
  expect({ ...unknown, headers: null }).toEqual({ ...wrong, headers: null });

  const signedIn = await post(server, '/auth/sign-in/username', { username: 'ANN', password });
  expect(signedIn.status).toBe(200);
  expect(JSON.parse(signedIn.body)).toMatchObject({ name: 'ann', role: 'admin', region: 'us-east-1' });
  const cookie = cookieOf(signedIn);
  expect((await server.send('/auth/me', { headers: { cookie } })).status).toBe(200);
  expect((await server.send('/hearth/isolation', { headers: { cookie } })).status).toBe(200);

  expect((await post(server, '/auth/sign-out', {}, { cookie })).status).toBe(200);
  for (const path of ['/auth/me', '/hearth/isolation']) {
    const after = await server.send(path, { headers: { cookie } });
    expect(after).toMatchObject({
      status: 403,
      headers: { 'x-amzn-errortype': 'MissingAuthenticationTokenException' },
    });
  }
});

test('a session cookie that was tampered with is none', async () => {
  const server = await startTestApi();
  const cookie = (await makeAdministrator(server)).replace(/.{3}$/, 'AAA');
  expect((await server.send('/auth/me', { headers: { cookie } })).status).toBe(403);
});

test('guessing passwords is slowed down, for the guessing address only', async () => {
  const server = await startTestApi();
  await makeAdministrator(server);
  const guess = (address: string) =>
    post(
      server,
      '/auth/sign-in/username',
      { username: 'ann', password: 'a guess' },
      { 'x-forwarded-for': address },
    );
  const answers: Answer[] = [];
  for (let attempt = 0; attempt < 11; attempt++) answers.push(await guess('203.0.113.7'));
  expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(401), 429]);
  expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(0);
  // What the client itself put in front does not help it.
  expect((await guess('198.51.100.1, 203.0.113.7')).status).toBe(429);
  expect((await guess('203.0.113.8')).status).toBe(401);
});

test('cookies are for HTTPS only when the browser speaks HTTPS', async () => {
  const server = await startTestApi();
  await makeAdministrator(server);
  const headers = {
    origin: 'https://hearth.example',
    'x-forwarded-host': 'hearth.example',
    'x-forwarded-proto': 'https',
  };
  const answer = await post(server, '/auth/sign-in/username', { username: 'ann', password }, headers);
  expect(answer.headers['set-cookie']?.[0]).toMatch(/; Secure$/);
});

test('who is signed in to the console uses the API as that user, below /api', async () => {
  const server = await startTestApi();
  const cookie = await makeAdministrator(server);
  await createFunction(server, 'hello');
  const headers = { cookie, 'x-forwarded-host': 'hearth.example', 'x-forwarded-proto': 'https' };
  const answer = await server.send('/2015-03-31/functions/hello', { headers });
  expect(JSON.parse(answer.body).Code.Location).toMatch(/^https:\/\/hearth\.example\/api\/hearth\/code\//);
  const arn = encodeURIComponent('arn:aws:lambda:us-east-1:111122223333:function:hello');
  const denied = await server.send(`/2015-03-31/functions/${arn}`, { headers });
  expect(JSON.parse(denied.body).Message).toMatch(
    /^User: arn:aws:iam::000000000000:user\/ann is not authorized /,
  );
});

test.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['no origin', { origin: '' }],
  ['the origin of a sandboxed frame', { origin: 'null' }],
  ['another site, as the browser tells', { 'sec-fetch-site': 'cross-site' }],
  ['a neighbour of the same site', { 'sec-fetch-site': 'same-site' }],
])('a request from %s changes nothing', async (_what, headers) => {
  const server = await startTestApi();
  const cookie = await makeAdministrator(server);
  for (const path of ['/auth/sign-out', '/auth/sign-in/username', '/2015-03-31/functions/f/invocations']) {
    const answer = await post(server, path, { username: 'ann', password }, { cookie, ...headers });
    expect(answer).toMatchObject({ status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' } });
  }
  expect((await server.send('/auth/me', { headers: { cookie } })).status).toBe(200);
});

test('of better-auth no other endpoint can be reached', async () => {
  const server = await startTestApi();
  for (const path of ['/auth/sign-up/email', '/auth/admin/create-user', '/auth/sign-in/email']) {
    expect((await post(server, path, {})).status).toBe(404);
  }
});

test('a restart with users offers no set-up', async () => {
  const server = await startTestApi();
  await makeAdministrator(server);
  expect((await createSignIn(server.core, () => {})).setupToken).toBeUndefined();
});

test('a crash while the first administrator is made leaves set-up open at the next start', async () => {
  const server = await startTestApi();
  await makeAdministrator(server);
  await server.core.db.account.deleteMany();
  expect((await createSignIn(server.core, () => {})).setupToken).toBeDefined();
  expect(await server.core.db.user.count()).toBe(0);
});

test('asking who is signed in is never too much', async () => {
  const server = await startTestApi();
  const cookie = await makeAdministrator(server);
  const answers = await Promise.all(
    Array.from({ length: 150 }, () => server.send('/auth/me?disableRefresh=true', { headers: { cookie } })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
});

async function makeAdministrator(server: TestApi): Promise<string> {
  const form = { token: server.api.setupToken, name: 'ann', password };
  return cookieOf(await post(server, '/auth/setup', form));
}

function post(
  server: TestApi,
  path: string,
  form: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return server.send(path, {
    method: 'POST',
    headers: { origin: `http://127.0.0.1:${server.port}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(form),
  });
}

function cookieOf(answer: Answer): string {
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}
