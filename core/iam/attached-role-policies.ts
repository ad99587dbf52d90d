import type { ListAttachedRolePoliciesResponse } from '@aws-sdk/client-iam';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { ServiceError } from '../errors.ts';
import { limits } from '../limits.ts';
import { validate } from '../validation.ts';
import { attachRolePolicyModel, listAttachedRolePoliciesModel } from './models.ts';
import { pageOf } from './page.ts';
import { readRole } from './roles.ts';

/** The policies that AWS manages; an account's own cannot be made yet. */
const MANAGED = /^arn:aws[a-zA-Z-]*:iam::aws:policy(?<path>\/(?:[!-.0-~]+\/)*)(?<name>[\w+=,.@-]{1,128})$/;

/**
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html
 * Every well-formed ARN of AWS's own policies is taken: Hearth keeps no list of them.
 */
export async function attachRolePolicy(core: Core, caller: Caller, input: JsonObject): Promise<void> {
  const { RoleName, PolicyArn: policyArn } = validate(attachRolePolicyModel, input);
  const { accountId, name: roleName } = await readRole(core, caller, RoleName);
  if (!MANAGED.test(policyArn)) {
    throw new ServiceError('NoSuchEntity', `Policy ${policyArn} does not exist or is not attachable.`);
  }
  const others = await core.db.attachedRolePolicy.count({
    where: { accountId, roleName, policyArn: { not: policyArn } },
  });
  if (others >= limits.attachedPoliciesPerRole) {
    throw new ServiceError(
      'LimitExceeded',
      `Cannot exceed quota for PoliciesPerRole: ${limits.attachedPoliciesPerRole}`,
    );
  }
  const key = { accountId, roleName, policyArn };
  await written(
    core.db.attachedRolePolicy.upsert({
      where: { accountId_roleName_policyArn: key },
      create: key,
      update: {},
    }),
  );
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html */
export async function detachRolePolicy(core: Core, caller: Caller, input: JsonObject): Promise<void> {
  const { RoleName, PolicyArn: policyArn } = validate(attachRolePolicyModel, input);
  const { accountId, name: roleName } = await readRole(core, caller, RoleName);
  const { count } = await written(
    core.db.attachedRolePolicy.deleteMany({ where: { accountId, roleName, policyArn } }),
  );
  if (count === 0) throw new ServiceError('NoSuchEntity', `Policy ${policyArn} was not found.`);
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
export async function listAttachedRolePolicies(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<ListAttachedRolePoliciesResponse> {
  const request = validate(listAttachedRolePoliciesModel, input);
  const { accountId, name: roleName } = await readRole(core, caller, request.RoleName);
  const rows = await core.db.attachedRolePolicy.findMany({
    where: { accountId, roleName },
    orderBy: { policyArn: 'asc' },
  });
  const policies = rows.map(({ policyArn }) => ({ policyArn, ...MANAGED.exec(policyArn)?.groups }));
  const matching = policies.filter((policy) =>
    ('path' in policy ? String(policy.path) : '/').startsWith(request.PathPrefix ?? '/'),
  );
  const { page, end } = pageOf(matching, ({ policyArn }) => policyArn, request);
  return {
    AttachedPolicies: page.map(({ policyArn }) => ({
      PolicyName: policyArn.slice(policyArn.lastIndexOf('/') + 1),
      PolicyArn: policyArn,
    })),
    ...end,
  };
}
