import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { limits } from '../limits.ts';
import type { PolicyTarget, ResourcePolicy } from './resource-policies.ts';
import type { Statement } from './statement.ts';

/** What a request to change a policy says besides the statement. */
export interface PolicyChange extends PolicyTarget {
  /** The revision that the client expects; undefined for any. */
  revisionId: string | undefined;
  /** The operation that tells the revision, for the error: `GetPolicy` or `GetLayerPolicy`. */
  readOperation: string;
}

/** The policy document as clients read it. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements });
}

/**
 * Adds a statement. Call it inside `core.functions.exclusively` of the resource.
 * @throws ServiceError PreconditionFailedException, ResourceConflictException for a statement id that is there,
 *   PolicyLengthExceededException.
 */
export async function addStatement(
  core: Core,
  change: PolicyChange,
  statement: Statement,
): Promise<ResourcePolicy> {
  const policy = core.policies.find(change);
  checkRevision(policy, change);
  if (policy?.statements.some(({ Sid }) => Sid === statement.Sid)) {
    throw new ServiceError(
      'ResourceConflictException',
      `The statement id (${statement.Sid}) provided already exists. ` +
        'Please provide a new statement id, or remove the existing statement.',
    );
  }
  const statements = [...(policy?.statements ?? []), statement];
  const bytes = Buffer.byteLength(policyDocument(statements));
  if (bytes > limits.resourcePolicyBytes) {
    throw new ServiceError(
      'PolicyLengthExceededException',
      `The final policy size (${bytes}) is bigger than the limit (${limits.resourcePolicyBytes}).`,
    );
  }
  const changed = { statements, revisionId: core.uuid() };
  await core.policies.set(change, changed);
  return changed;
}

/**
 * Removes a statement. Call it inside `core.functions.exclusively` of the resource.
 * @throws ServiceError ResourceNotFoundException, PreconditionFailedException.
 */
export async function removeStatement(core: Core, change: PolicyChange, sid: string): Promise<void> {
  const policy = core.policies.find(change);
  if (!policy) throw noPolicy();
  const statements = policy.statements.filter(({ Sid }) => Sid !== sid);
  if (statements.length === policy.statements.length) {
    throw new ServiceError('ResourceNotFoundException', `Statement ${sid} is not found in resource policy.`);
  }
  checkRevision(policy, change);
  await core.policies.set(change, { statements, revisionId: core.uuid() });
}

/** The 404 for a resource that has no policy. */
export function noPolicy(): ServiceError {
  return new ServiceError('ResourceNotFoundException', 'No policy is associated with the given resource.');
}

function checkRevision(policy: ResourcePolicy | undefined, change: PolicyChange): void {
  if (change.revisionId === undefined || change.revisionId === policy?.revisionId) return;
  throw new ServiceError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. ' +
      `Call the ${change.readOperation} API to retrieve the latest Revision Id`,
  );
}
