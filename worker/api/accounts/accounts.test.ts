import { expect, test } from 'vitest';
import { operations } from '../lambda/operations.ts';
import { createFunction, functionInput, startTestApi, type TestApi, type TestRequest } from '../test-api.ts';

const password = 'correct horse';

interface Key {
  accessKeyId: string;
  secretAccessKey: string;
}

/** Sends JSON and reads JSON, signed with the root key or the given one. */
async function ask(server: TestApi, method: string, path: string, body?: object, key?: Key) {
  const request: TestRequest = { method, ...(body && { body: JSON.stringify(body) }) };
  const answer = await server.sendSigned(path, request, key);
  return { status: answer.status, body: answer.body === '' ? undefined : JSON.parse(answer.body) };
}

async function makeUser(server: TestApi, user: { name: string; accountId?: string; role?: string }) {
  expect(await ask(server, 'POST', '/hearth/users', { password, ...user })).toMatchObject({ status: 201 });
  const made = await ask(server, 'POST', `/hearth/users/${user.name}/access-keys`);
  expect(made.status).toBe(201);
  return made.body as Key;
}

const other = '444455556666';

async function startWithTwoAccounts() {
  const server = await startTestApi();
  await ask(server, 'POST', '/hearth/accounts', { accountId: other, name: 'Other' });
  return { server, stranger: await makeUser(server, { name: 'bob', accountId: other, role: 'admin' }) };
}

const signIn = (server: TestApi, username: string, secret: string) =>
  server.send('/auth/sign-in/username', {
    method: 'POST',
    headers: { origin: `http://127.0.0.1:${server.port}`, host: `127.0.0.1:${server.port}` },
    body: JSON.stringify({ username, password: secret }),
  });

test('accounts are made and listed', async () => {
  const server = await startTestApi();
  expect(await ask(server, 'POST', '/hearth/accounts', { accountId: other, name: 'Other' })).toMatchObject({
    status: 201,
    body: { accountId: other, name: 'Other' },
  });
  const { body: generated } = await ask(server, 'POST', '/hearth/accounts', { name: 'Third' });
  expect(generated.accountId).toMatch(/^\d{12}$/);
  const { body } = await ask(server, 'GET', '/hearth/accounts');
  const ids = body.accounts.map(({ accountId }: { accountId: string }) => accountId);
  expect(ids).toEqual(['000000000000', generated.accountId, other].sort());
  expect(await ask(server, 'POST', '/hearth/accounts', { accountId: other, name: 'Again' })).toMatchObject({
    status: 409,
  });
  expect(await ask(server, 'POST', '/hearth/accounts', { accountId: '12', name: 'Short' })).toMatchObject({
    status: 400,
  });
});

test('a user signs in, is disabled, enabled with a new password, and deleted', async () => {
  const server = await startTestApi();
  const key = await makeUser(server, { name: 'Ann' });
  expect((await signIn(server, 'ann', password)).status).toBe(200);
  expect(await ask(server, 'GET', '/2015-03-31/functions', undefined, key)).toMatchObject({ status: 200 });
  expect((await ask(server, 'GET', '/hearth/users')).body.users).toMatchObject([
    { name: 'Ann', accountId: '000000000000', role: 'user', disabled: false },
  ]);

  await ask(server, 'PUT', '/hearth/users/Ann', { disabled: true });
  expect((await signIn(server, 'ann', password)).status).toBe(403);
  expect(await ask(server, 'GET', '/2015-03-31/functions', undefined, key)).toMatchObject({
    status: 403,
    body: { message: 'The security token included in the request is invalid.' },
  });
  expect(await server.core.db.session.count()).toBe(0);

  const enabled = { disabled: false, password: 'another horse' };
  expect(await ask(server, 'PUT', '/hearth/users/Ann', enabled)).toMatchObject({ status: 200 });
  expect((await signIn(server, 'ann', password)).status).toBe(401);
  expect((await signIn(server, 'ann', 'another horse')).status).toBe(200);

  expect(await ask(server, 'DELETE', '/hearth/users/Ann')).toMatchObject({ status: 204 });
  expect((await signIn(server, 'ann', 'another horse')).status).toBe(401);
  expect(server.core.accessKeys.find(key.accessKeyId)).toBeUndefined();
  expect(await ask(server, 'DELETE', '/hearth/users/Ann')).toMatchObject({ status: 404 });
});

test('names differ in more than case, and passwords have 8 characters', async () => {
  const server = await startTestApi();
  await makeUser(server, { name: 'ann' });
  const make = (user: object) => ask(server, 'POST', '/hearth/users', { name: 'bob', password, ...user });
  expect(await make({ name: 'ANN' })).toMatchObject({ status: 409 });
  expect(await make({ password: 'short' })).toMatchObject({ status: 400 });
  expect(await make({ role: 'king' })).toMatchObject({ status: 400 });
  expect(await make({ accountId: '999999999999' })).toMatchObject({ status: 404 });
  expect(await ask(server, 'PUT', '/hearth/users/ann', { password: 'short' })).toMatchObject({ status: 400 });
});

test('a secret is told once, and a key is deactivated, activated and deleted', async () => {
  const server = await startTestApi();
  const key = await makeUser(server, { name: 'ann' });
  const keys = '/hearth/users/ann/access-keys';
  const listed = await ask(server, 'GET', keys);
  expect(listed.body.accessKeys).toMatchObject([{ accessKeyId: key.accessKeyId, active: true }]);
  expect(JSON.stringify(listed.body)).not.toContain(key.secretAccessKey);
  const use = async () => (await ask(server, 'GET', '/2015-03-31/functions', undefined, key)).status;
  const one = `${keys}/${key.accessKeyId}`;
  expect(await use()).toBe(200);
  await ask(server, 'PUT', one, { active: false });
  expect(await use()).toBe(403);
  await ask(server, 'PUT', one, { active: true });
  expect(await use()).toBe(200);
  await makeUser(server, { name: 'bob' });
  expect(await ask(server, 'DELETE', `/hearth/users/bob/access-keys/${key.accessKeyId}`)).toMatchObject({
    status: 404,
  });
  expect(await ask(server, 'DELETE', one)).toMatchObject({ status: 204 });
  expect(await use()).toBe(403);
});

test('only administrators manage, those of other accounts only their own, and nobody removes themselves', async () => {
  const { server, stranger } = await startWithTwoAccounts();
  const ann = await makeUser(server, { name: 'ann' });
  const carol = await makeUser(server, { name: 'carol', role: 'admin' });
  const paths: [string, string, object?][] = [
    ['GET', '/hearth/accounts'],
    ['POST', '/hearth/accounts', { name: 'x' }],
    ['GET', '/hearth/users?accountId=000000000000'],
    ['POST', '/hearth/users', { name: 'eve', password, accountId: '000000000000' }],
    ['PUT', '/hearth/users/ann', { disabled: true }],
    ['DELETE', '/hearth/users/carol'],
    ['GET', '/hearth/users/ann/access-keys'],
    ['POST', '/hearth/users/carol/access-keys'],
  ];
  for (const key of [ann, stranger]) {
    for (const [method, path, body] of paths) {
      expect([path, (await ask(server, method, path, body, key)).status]).toEqual([path, 403]);
    }
  }
  expect(await ask(server, 'GET', '/hearth/users', undefined, stranger)).toMatchObject({
    status: 200,
    body: { users: [{ name: 'bob' }] },
  });
  const dave = { name: 'dave', password };
  expect(await ask(server, 'POST', '/hearth/users', dave, stranger)).toMatchObject({
    status: 201,
    body: { accountId: other },
  });
  expect(await ask(server, 'GET', `/hearth/users?accountId=${other}`, undefined, carol)).toMatchObject({
    status: 200,
  });
  expect(await ask(server, 'DELETE', '/hearth/users/carol', undefined, carol)).toMatchObject({ status: 400 });
  expect((await server.send('/hearth/users')).status).toBe(403);
});

test('no operation shows or changes anything of another account', async () => {
  const { server, stranger } = await startWithTwoAccounts();
  await createFunction(server, 'mine');
  const Content = { ZipFile: functionInput.Code.ZipFile.toString('base64') };
  await ask(server, 'POST', '/2018-10-31/layers/mine/versions', { Content });
  const before = (await ask(server, 'GET', '/2015-03-31/functions/mine')).body.Configuration;
  const layer = 'arn:aws:lambda:us-east-1:000000000000:layer:mine';
  const arns: Record<string, string> = {
    FunctionName: before.FunctionArn,
    LayerName: layer,
    VersionNumber: '1',
    Resource: before.FunctionArn,
  };
  const names: Record<string, string> = { ...arns, FunctionName: 'mine', LayerName: 'mine' };
  const bodies: Record<string, object> = {
    CreateFunction: { ...functionInput, Code: Content, FunctionName: before.FunctionArn },
    PublishLayerVersion: { Content },
    UpdateFunctionCode: Content,
  };
  for (const { name, method, path, action } of operations) {
    if (!action) continue;
    for (const values of [arns, names]) {
      // A plain name is the stranger's own then.
      if (values === names && ['CreateFunction', 'PublishLayerVersion'].includes(name)) continue;
      const url = path.replace(/\{(\w+)\}/g, (_, key) => encodeURIComponent(values[key] ?? 'mine'));
      const withArn =
        name === 'GetLayerVersionByArn' ? `${url}&Arn=${encodeURIComponent(`${layer}:1`)}` : url;
      const body = method === 'GET' || method === 'DELETE' ? undefined : (bodies[name] ?? {});
      const answer = await ask(server, method, withArn, body, stranger);
      expect([name, JSON.stringify(answer.body ?? '').includes(before.CodeSha256)]).toEqual([name, false]);
      if (answer.status < 300 && answer.body !== undefined) {
        const counts = answer.body.AccountUsage ? [answer.body.AccountUsage.FunctionCount] : [];
        const lists = Object.values(answer.body).filter(Array.isArray);
        expect([name, lists.flat(), counts.filter(Boolean)]).toEqual([name, [], []]);
      }
    }
  }
  expect((await ask(server, 'GET', '/2015-03-31/functions/mine')).body.Configuration).toEqual(before);
  expect((await ask(server, 'GET', '/2018-10-31/layers/mine/versions/1')).status).toBe(200);
});
