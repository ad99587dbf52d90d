import { functionArn, parseFunctionName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { readVersion } from '../functions/lifecycle.ts';
import { validate } from '../validation.ts';
import { removeStatement } from './change-policy.ts';
import { removePermissionModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html */
export async function removePermission(core: Core, caller: Caller, input: JsonObject): Promise<object> {
  const { FunctionName, StatementId, Qualifier, RevisionId } = validate(removePermissionModel, input);
  const reference = parseFunctionName(core, caller, 'lambda:RemovePermission', FunctionName, Qualifier);
  const { functionArn: resource, qualifier } = reference;
  await readVersion(core, reference).catch((error: unknown) => {
    const isMissing = error instanceof ServiceError && error.code === 'ResourceNotFoundException';
    throw isMissing
      ? new ServiceError(
          'ResourceNotFoundException',
          `No policy found for: ${functionArn(reference, qualifier)}`,
        )
      : error;
  });
  const change = { resource, qualifier, revisionId: RevisionId, readOperation: 'GetPolicy' };
  await core.functions.exclusively(resource, () => removeStatement(core, change, StatementId));
  return {};
}
