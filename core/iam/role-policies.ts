import type { GetRolePolicyResponse, ListRolePoliciesResponse } from '@aws-sdk/client-iam';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { ServiceError } from '../errors.ts';
import { limits } from '../limits.ts';
import { validate } from '../validation.ts';
import { listRolePoliciesModel, putRolePolicyModel, rolePolicyModel } from './models.ts';
import { pageOf } from './page.ts';
import { documentSize, encodeDocument, readPolicyDocument } from './policy-document.ts';
import { readRole } from './roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export async function putRolePolicy(core: Core, caller: Caller, input: JsonObject): Promise<void> {
  const { RoleName, PolicyName: name, PolicyDocument: document } = validate(putRolePolicyModel, input);
  const { accountId, name: roleName } = await readRole(core, caller, RoleName);
  readPolicyDocument(document, 'permissions');
  const others = await core.db.rolePolicy.findMany({ where: { accountId, roleName, name: { not: name } } });
  const size = others.reduce((sum, other) => sum + documentSize(other.document), documentSize(document));
  if (size > limits.rolePoliciesCharacters) {
    throw new ServiceError(
      'LimitExceeded',
      `Maximum policy size of ${limits.rolePoliciesCharacters} bytes exceeded for role ${roleName}`,
    );
  }
  const key = { accountId, roleName, name };
  await written(
    core.db.rolePolicy.upsert({
      where: { accountId_roleName_name: key },
      create: { ...key, document },
      update: { document },
    }),
  );
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export async function getRolePolicy(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<GetRolePolicyResponse> {
  const { RoleName, PolicyName: name } = validate(rolePolicyModel, input);
  const { accountId, name: roleName } = await readRole(core, caller, RoleName);
  const row = await core.db.rolePolicy.findUnique({
    where: { accountId_roleName_name: { accountId, roleName, name } },
  });
  if (!row) throw noSuchPolicy(name);
  return { RoleName: roleName, PolicyName: name, PolicyDocument: encodeDocument(row.document) };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html */
export async function deleteRolePolicy(core: Core, caller: Caller, input: JsonObject): Promise<void> {
  const { RoleName, PolicyName: name } = validate(rolePolicyModel, input);
  const { accountId, name: roleName } = await readRole(core, caller, RoleName);
  const { count } = await written(core.db.rolePolicy.deleteMany({ where: { accountId, roleName, name } }));
  if (count === 0) throw noSuchPolicy(name);
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html */
export async function listRolePolicies(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<ListRolePoliciesResponse> {
  const request = validate(listRolePoliciesModel, input);
  const { accountId, name: roleName } = await readRole(core, caller, request.RoleName);
  const rows = await core.db.rolePolicy.findMany({
    where: { accountId, roleName },
    select: { name: true },
    orderBy: { name: 'asc' },
  });
  const { page, end } = pageOf(rows, ({ name }) => name, request);
  return { PolicyNames: page.map(({ name }) => name), ...end };
}

function noSuchPolicy(name: string): ServiceError {
  return new ServiceError('NoSuchEntity', `The role policy with name ${name} cannot be found.`);
}
