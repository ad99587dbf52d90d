import type { GetPolicyResponse } from '@aws-sdk/client-lambda';
import { parseFunctionName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { functionReferenceModel } from '../functions/models.ts';
import { validate } from '../validation.ts';
import { policyDocument } from './change-policy.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html */
export async function getPolicy(core: Core, caller: Caller, input: JsonObject): Promise<GetPolicyResponse> {
  const { FunctionName, Qualifier } = validate(functionReferenceModel, input);
  const reference = parseFunctionName(core, caller, 'lambda:GetPolicy', FunctionName, Qualifier);
  const policy = core.policies.find({ resource: reference.functionArn, qualifier: reference.qualifier });
  if (policy) return { Policy: policyDocument(policy.statements), RevisionId: policy.revisionId };
  throw new ServiceError('ResourceNotFoundException', 'The resource you requested does not exist.');
}
