import { functionArn } from '../../../core/arn.ts';
import type { Caller } from '../../../core/caller.ts';
import type { Core } from '../../../core/core.ts';
import type { FunctionUrl } from '../../../core/function-urls/function-url.ts';
import { isAllowedByPolicy } from '../../../core/permissions/authorize.ts';

/**
 * Whether somebody may use a function URL; undefined is anybody, whom only the resource policy of the function or
 * alias can let in. Callers of the function's own account may: identity policies are not evaluated yet.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function mayUseFunctionUrl(
  core: Pick<Core, 'policies'>,
  url: FunctionUrl,
  caller: Caller | undefined,
): boolean {
  if (caller?.accountId === url.accountId) return true;
  const principal = caller ?? { arn: 'anonymous', accountId: 'anonymous' };
  const target = { resource: functionArn(url), qualifier: url.aliasName };
  return (
    isAllowedByPolicy(core, principal, 'lambda:InvokeFunctionUrl', target, {
      'lambda:functionurlauthtype': url.authType,
    }) &&
    isAllowedByPolicy(core, principal, 'lambda:InvokeFunction', target, {
      'lambda:invokedviafunctionurl': 'true',
    })
  );
}
