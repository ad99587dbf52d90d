import type { Caller } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import type { PolicyTarget } from './resource-policies.ts';
import { allows, type ConditionContext, type Principal } from './statement.ts';

/**
 * What a resource policy can allow to other accounts, whatever its wildcards say.
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-cross-account.html
 */
const crossAccountActions: ReadonlySet<string> = new Set([
  'lambda:CreateAlias',
  'lambda:DeleteAlias',
  'lambda:DeleteFunction',
  'lambda:DeleteFunctionConcurrency',
  'lambda:GetAlias',
  'lambda:GetFunction',
  'lambda:GetFunctionConfiguration',
  'lambda:GetLayerVersion',
  'lambda:GetPolicy',
  'lambda:InvokeFunction',
  'lambda:InvokeFunctionUrl',
  'lambda:ListAliases',
  'lambda:ListTags',
  'lambda:ListVersionsByFunction',
  'lambda:PublishVersion',
  'lambda:PutFunctionConcurrency',
  'lambda:TagResource',
  'lambda:UntagResource',
  'lambda:UpdateAlias',
  'lambda:UpdateFunctionCode',
]);

/**
 * Decides whether a caller may do something with a resource. Within its own account a caller may do everything:
 * identity policies are not evaluated yet. In another account it may do what the policy of exactly that version,
 * alias or function allows.
 * @param accountId the resource's owner.
 * @throws ServiceError AccessDeniedException, the same whether or not the resource exists.
 */
export function authorize(
  core: Pick<Core, 'policies'>,
  caller: Caller,
  action: string,
  target: PolicyTarget & { accountId: string },
): void {
  if (target.accountId === caller.accountId) return;
  if (crossAccountActions.has(action) && isAllowedByPolicy(core, caller, action, target)) return;
  const arn = target.qualifier === undefined ? target.resource : `${target.resource}:${target.qualifier}`;
  throw new ServiceError(
    'AccessDeniedException',
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${arn} because no ` +
      `resource-based policy allows the ${action} action`,
  );
}

/** Whether a resource's policy allows an action; the only thing that counts for services. */
export function isAllowedByPolicy(
  core: Pick<Core, 'policies'>,
  principal: Principal,
  action: string,
  target: PolicyTarget,
  context?: ConditionContext,
): boolean {
  const statements = core.policies.find(target)?.statements ?? [];
  return statements.some((statement) => allows(statement, principal, action, context));
}
