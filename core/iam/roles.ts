import type { CreateRoleResponse, GetRoleResponse, Role } from '@aws-sdk/client-iam';
import { Prisma, type Role as RoleRow } from '../../prisma/generated/client.ts';
import { randomText } from '../aws-id.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { ServiceError } from '../errors.ts';
import { limits } from '../limits.ts';
import { validate } from '../validation.ts';
import { createRoleModel, roleModel } from './models.ts';
import { documentSize, encodeDocument, readPolicyDocument } from './policy-document.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export async function createRole(core: Core, caller: Caller, input: JsonObject): Promise<CreateRoleResponse> {
  const request = validate(createRoleModel, input);
  const { RoleName: name, AssumeRolePolicyDocument: document } = request;
  readPolicyDocument(document, 'trust');
  if (documentSize(document) > limits.trustPolicyCharacters) {
    throw new ServiceError(
      'LimitExceeded',
      `Cannot exceed quota for ACLSizePerRole: ${limits.trustPolicyCharacters}`,
    );
  }
  const row = await written(
    core.db.role.create({
      data: {
        accountId: caller.accountId,
        name,
        roleId: `AROA${randomText(17)}`,
        path: request.Path ?? '/',
        description: request.Description ?? null,
        assumeRolePolicyDocument: document,
        maxSessionDuration: request.MaxSessionDuration ?? 3600,
        tags: JSON.stringify(Object.fromEntries((request.Tags ?? []).map(({ Key, Value }) => [Key, Value]))),
        createdAt: new Date(core.clock.now()),
      },
    }),
  ).catch((error: unknown) => {
    const isDuplicate = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
    throw isDuplicate
      ? new ServiceError('EntityAlreadyExists', `Role with name ${name} already exists.`)
      : error;
  });
  return { Role: describeRole(row) };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export async function getRole(core: Core, caller: Caller, input: JsonObject): Promise<GetRoleResponse> {
  const { RoleName } = validate(roleModel, input);
  return { Role: describeRole(await readRole(core, caller, RoleName)) };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html */
export async function deleteRole(core: Core, caller: Caller, input: JsonObject): Promise<void> {
  const { RoleName } = validate(roleModel, input);
  const { accountId, name } = await readRole(core, caller, RoleName);
  const policies = { accountId, roleName: name };
  if (await core.db.attachedRolePolicy.findFirst({ where: policies })) {
    throw new ServiceError('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
  }
  if (await core.db.rolePolicy.findFirst({ where: policies })) {
    throw new ServiceError('DeleteConflict', 'Cannot delete entity, must delete policies first.');
  }
  await written(core.db.role.deleteMany({ where: { accountId, name } }));
}

/** @throws ServiceError NoSuchEntity. */
export async function readRole(core: Core, { accountId }: Caller, name: string): Promise<RoleRow> {
  const row = await core.db.role.findUnique({ where: { accountId_name: { accountId, name } } });
  if (row) return row;
  throw new ServiceError('NoSuchEntity', `The role with name ${name} cannot be found.`);
}

function describeRole(row: RoleRow): Role {
  const tags = Object.entries(JSON.parse(row.tags) as Record<string, string>);
  return {
    Path: row.path,
    RoleName: row.name,
    RoleId: row.roleId,
    Arn: `arn:aws:iam::${row.accountId}:role${row.path}${row.name}`,
    CreateDate: row.createdAt,
    AssumeRolePolicyDocument: encodeDocument(row.assumeRolePolicyDocument),
    ...(row.description !== null && { Description: row.description }),
    MaxSessionDuration: row.maxSessionDuration,
    ...(tags.length > 0 && { Tags: tags.map(([Key, Value]) => ({ Key, Value })) }),
  };
}
