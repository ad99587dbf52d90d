import type {
  AttachRolePolicyRequest,
  CreateRoleRequest,
  GetRolePolicyRequest,
  GetRoleRequest,
  ListAttachedRolePoliciesRequest,
  ListRolePoliciesRequest,
  PutRolePolicyRequest,
  Tag,
} from '@aws-sdk/client-iam';
import { z } from 'zod';
import { maxLength, minLength, pattern, queryInteger, structure, text, unsupported } from '../model.ts';

const roleName = text(pattern('[\\w+=,.@-]+'), maxLength(64), minLength(1));
const policyName = text(pattern('[\\w+=,.@-]+'), maxLength(128), minLength(1));
const policyArn = text(maxLength(2048), minLength(20));
const policyDocument = text(maxLength(131_072), minLength(1));

const page = {
  Marker: z.string().optional(),
  MaxItems: queryInteger({ min: 1, max: 1000 }),
};

export const createRoleModel = structure<CreateRoleRequest>()({
  RoleName: roleName,
  AssumeRolePolicyDocument: policyDocument,
  Path: text(pattern('(/)|(/[!-~]+/)'), maxLength(512)).optional(),
  Description: text(maxLength(1000)).optional(),
  MaxSessionDuration: queryInteger({ min: 3600, max: 43_200 }),
  PermissionsBoundary: unsupported(z.string(), () => false),
  Tags: z
    .array(
      structure<Tag>()({
        Key: text(maxLength(128), minLength(1)),
        Value: text(maxLength(256)),
      }),
    )
    .max(50)
    .optional(),
});

/** What GetRole and DeleteRole name a role by. */
export const roleModel = structure<GetRoleRequest>()({ RoleName: roleName });

export const putRolePolicyModel = structure<PutRolePolicyRequest>()({
  RoleName: roleName,
  PolicyName: policyName,
  PolicyDocument: policyDocument,
});

/** What GetRolePolicy and DeleteRolePolicy name a policy by. */
export const rolePolicyModel = structure<GetRolePolicyRequest>()({
  RoleName: roleName,
  PolicyName: policyName,
});

export const listRolePoliciesModel = structure<ListRolePoliciesRequest>()({ RoleName: roleName, ...page });

/** Also of DetachRolePolicy. */
export const attachRolePolicyModel = structure<AttachRolePolicyRequest>()({
  RoleName: roleName,
  PolicyArn: policyArn,
});

export const listAttachedRolePoliciesModel = structure<ListAttachedRolePoliciesRequest>()({
  RoleName: roleName,
  PathPrefix: text(pattern('(/)|(/[!-~]+/)'), maxLength(512)).optional(),
  ...page,
});
