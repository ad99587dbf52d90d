import {
  attachRolePolicy,
  detachRolePolicy,
  listAttachedRolePolicies,
} from '../../../core/iam/attached-role-policies.ts';
import {
  deleteRolePolicy,
  getRolePolicy,
  listRolePolicies,
  putRolePolicy,
} from '../../../core/iam/role-policies.ts';
import { createRole, deleteRole, getRole } from '../../../core/iam/roles.ts';
import type { QueryService } from '../query/query-service.ts';

/** What function tooling needs of IAM. Roles are kept and shown; their policies decide nothing yet. */
export const iamService: QueryService = {
  name: 'iam',
  version: '2010-05-08',
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  operations: {
    AttachRolePolicy: attachRolePolicy,
    CreateRole: createRole,
    DeleteRole: deleteRole,
    DeleteRolePolicy: deleteRolePolicy,
    DetachRolePolicy: detachRolePolicy,
    GetRole: getRole,
    GetRolePolicy: getRolePolicy,
    ListAttachedRolePolicies: listAttachedRolePolicies,
    ListRolePolicies: listRolePolicies,
    PutRolePolicy: putRolePolicy,
  },
};
