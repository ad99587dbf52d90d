import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { readPolicyDocument } from './policy-document.ts';

/**
 * Where the configuration asks for it, checks that a function's role exists in the account and that Lambda may
 * assume it. Conditions of the trust policy are not evaluated.
 * @throws ServiceError InvalidParameterValueException, AccessDeniedException for a role of another account.
 */
export async function checkPassRole(core: Core, accountId: string, roleArn: string): Promise<void> {
  if (!core.checksPassRole) return;
  const [, , , , owner, resource = ''] = roleArn.split(':');
  if (owner !== accountId) {
    throw new ServiceError('AccessDeniedException', 'Cross-account pass role is not allowed.');
  }
  const name = resource.slice(resource.lastIndexOf('/') + 1);
  const role = await core.db.role.findUnique({ where: { accountId_name: { accountId, name } } });
  if (role && `role${role.path}${role.name}` === resource && trustsLambda(role.assumeRolePolicyDocument))
    return;
  throw new ServiceError(
    'InvalidParameterValueException',
    'The role defined for the function cannot be assumed by Lambda.',
  );
}

function trustsLambda(document: string): boolean {
  const statements = readPolicyDocument(document, 'trust').filter((statement) => {
    const actions = oneOrMore(statement.Action).map((action) => action.toLowerCase());
    return (
      namesLambda(statement.Principal) &&
      actions.some((action) => ['sts:assumerole', 'sts:*', '*'].includes(action))
    );
  });
  return statements.length > 0 && statements.every(({ Effect }) => Effect === 'Allow');
}

function namesLambda(principal: unknown): boolean {
  if (typeof principal !== 'object' || principal === null || !('Service' in principal)) return false;
  return oneOrMore(principal.Service).includes('lambda.amazonaws.com');
}

function oneOrMore(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}
