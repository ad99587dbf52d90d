import { createAccount, listAccounts, requireAccount } from '../../../core/accounts/accounts.ts';
import { requireAdministrator } from '../../../core/accounts/administration.ts';
import type { Caller, JsonObject } from '../../../core/caller.ts';
import type { Core } from '../../../core/core.ts';
import { ServiceError } from '../../../core/errors.ts';
import type { Authenticate } from '../authenticate.ts';
import { readBody } from '../body.ts';
import { parseJsonObject } from '../json.ts';
import { type HttpRequest, type HttpResponse, jsonResponse, type Route } from '../route.ts';
import type { UserRecord, Users } from '../session/users.ts';

const longestBodyBytes = 16_384;

/** What a handler is given once the sender is known: path parameters, and the members of the JSON body. */
interface Request {
  caller: Caller;
  parameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
  input: JsonObject;
}

/**
 * Accounts, users and their access keys, for administrators, signed or by session:
 * `GET`, `POST /hearth/accounts`; `GET`, `POST /hearth/users`; `PUT`, `DELETE /hearth/users/{name}`;
 * `GET`, `POST /hearth/users/{name}/access-keys`; `PUT`, `DELETE /hearth/users/{name}/access-keys/{accessKeyId}`.
 */
export function accountRoutes(core: Core, users: Users, authenticate: Authenticate): Route[] {
  const route = (
    method: Route['method'],
    path: string,
    handle: (request: Request) => Promise<HttpResponse>,
  ): Route => ({
    method,
    path,
    handle: async (request) => handle(await readRequest(authenticate, request)),
  });
  /** The user that the path names, whom the caller may manage. */
  const managed = async ({ caller, parameters }: Request): Promise<UserRecord> => {
    await requireAdministrator(core, caller, caller.accountId);
    const user = await users.find(parameters.name ?? '');
    await requireAdministrator(core, caller, user.accountId);
    return user;
  };
  /** The key that the path names, which must be that user's. */
  const managedKey = async (request: Request) => {
    const { accountId, name } = await managed(request);
    const key = core.accessKeys.find(request.parameters.accessKeyId ?? '');
    if (key?.accountId === accountId && key.userName === name) return key;
    throw new ServiceError('ResourceNotFoundException', `The user ${name} has no such access key.`);
  };
  return [
    route('GET', '/hearth/accounts', async ({ caller }) => {
      await requireAdministrator(core, caller, core.accountId);
      return jsonResponse(200, { accounts: await listAccounts(core) });
    }),
    route('POST', '/hearth/accounts', async ({ caller, input }) => {
      await requireAdministrator(core, caller, core.accountId);
      return jsonResponse(201, await createAccount(core, input));
    }),
    route('GET', '/hearth/users', async ({ caller, query }) => {
      const accountId = query.get('accountId') ?? caller.accountId;
      await requireAdministrator(core, caller, accountId);
      return jsonResponse(200, { users: (await users.list(accountId)).map(describeUser) });
    }),
    route('POST', '/hearth/users', async ({ caller, input }) => {
      const { name, password, role = 'user', accountId = caller.accountId } = input;
      if (role !== 'admin' && role !== 'user') throw invalid('The role must be admin or user.');
      if (typeof accountId !== 'string') throw invalid('The accountId must be a string of 12 digits.');
      await requireAdministrator(core, caller, accountId);
      await requireAccount(core, accountId);
      const made = await users.create({ name, password, role, accountId });
      return jsonResponse(201, describeUser(await users.find(made.name)));
    }),
    route('PUT', '/hearth/users/{name}', async (request) => {
      const user = await managed(request);
      const { password, disabled } = request.input;
      if (disabled !== undefined && typeof disabled !== 'boolean') {
        throw invalid('The member disabled must be true or false.');
      }
      if (disabled) refuseSelf(request.caller, user);
      if (password !== undefined) await users.setPassword(user, password);
      if (disabled !== undefined) await users.setDisabled(user, disabled);
      return jsonResponse(200, describeUser(await users.find(user.name)));
    }),
    route('DELETE', '/hearth/users/{name}', async (request) => {
      const user = await managed(request);
      refuseSelf(request.caller, user);
      await users.delete(user);
      return { status: 204 };
    }),
    route('GET', '/hearth/users/{name}/access-keys', async (request) => {
      const { accountId, name } = await managed(request);
      return jsonResponse(200, { accessKeys: core.accessKeys.list(accountId, name).map(describeKey) });
    }),
    route('POST', '/hearth/users/{name}/access-keys', async (request) => {
      const { accountId, name, banned } = await managed(request);
      if (banned) throw invalid(`The user ${name} is disabled.`);
      const key = await core.accessKeys.create(accountId, name);
      // The only time that the secret is told.
      return jsonResponse(201, { ...describeKey(key), secretAccessKey: key.secretAccessKey }, noStore);
    }),
    route('PUT', '/hearth/users/{name}/access-keys/{accessKeyId}', async (request) => {
      const key = await managedKey(request);
      const { active } = request.input;
      if (typeof active !== 'boolean') throw invalid('The member active must be true or false.');
      await core.accessKeys.setActive(key.accessKeyId, active);
      return jsonResponse(200, { ...describeKey(key), active });
    }),
    route('DELETE', '/hearth/users/{name}/access-keys/{accessKeyId}', async (request) => {
      const { accessKeyId } = await managedKey(request);
      await core.accessKeys.delete(accessKeyId);
      return { status: 204 };
    }),
  ];
}

const noStore = { 'cache-control': 'no-store' };

async function readRequest(authenticate: Authenticate, request: HttpRequest): Promise<Request> {
  const { message, parameters, query } = request;
  const { caller, verifyBody } = await authenticate(message);
  const body = await readBody(
    message,
    longestBodyBytes,
    () =>
      new ServiceError(
        'RequestEntityTooLargeException',
        `Request must be smaller than ${longestBodyBytes} bytes`,
      ),
  );
  verifyBody(body);
  return { caller, parameters, query, input: parseJsonObject(body) };
}

function describeUser({ name, accountId, role, banned, createdAt }: UserRecord) {
  return {
    name,
    accountId,
    arn: `arn:aws:iam::${accountId}:user/${name}`,
    role: role ?? 'user',
    disabled: banned ?? false,
    createdAt: createdAt.toISOString(),
  };
}

function describeKey(key: { accessKeyId: string; active: boolean; createdAt: number }) {
  const { accessKeyId, active, createdAt } = key;
  return { accessKeyId, active, createdAt: new Date(createdAt).toISOString() };
}

/** Nobody can lock themselves out. */
function refuseSelf(caller: Caller, { accountId, name }: UserRecord): void {
  if (caller.arn !== `arn:aws:iam::${accountId}:user/${name}`) return;
  throw invalid('You cannot disable or delete yourself.');
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
