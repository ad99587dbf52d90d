import type {
  AddLayerVersionPermissionResponse,
  GetLayerVersionPolicyResponse,
} from '@aws-sdk/client-lambda';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { addStatement, noPolicy, policyDocument, removeStatement } from '../permissions/change-policy.ts';
import type { Statement } from '../permissions/statement.ts';
import { validate } from '../validation.ts';
import { type LayerVersionReference, parseLayerVersion } from './layer-arn.ts';
import {
  addLayerVersionPermissionModel,
  layerVersionModel,
  removeLayerVersionPermissionModel,
} from './models.ts';
import { findLayerVersion } from './read-layer-version.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html */
export async function addLayerVersionPermission(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<AddLayerVersionPermissionResponse> {
  const request = validate(addLayerVersionPermissionModel, input);
  const { LayerName, VersionNumber, Principal: principal, OrganizationId: organization } = request;
  const reference = parseLayerVersion(
    core,
    caller,
    'lambda:AddLayerVersionPermission',
    LayerName,
    VersionNumber,
  );
  if (organization !== undefined && principal !== '*') {
    throw new ServiceError(
      'InvalidParameterValueException',
      'OrganizationId can be given only with the principal *.',
    );
  }
  const statement: Statement = {
    Sid: request.StatementId,
    Effect: 'Allow',
    Principal:
      principal === '*'
        ? '*'
        : { AWS: principal.startsWith('arn:') ? principal : `arn:aws:iam::${principal}:root` },
    Action: request.Action,
    Resource: `${reference.layerArn}:${reference.version}`,
    ...(organization && { Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }),
  };
  return exclusively(core, reference, async () => {
    const { revisionId } = await addStatement(core, changeOf(reference, request.RevisionId), statement);
    return { Statement: JSON.stringify(statement), RevisionId: revisionId };
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_RemoveLayerVersionPermission.html */
export async function removeLayerVersionPermission(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<object> {
  const request = validate(removeLayerVersionPermissionModel, input);
  const { LayerName, VersionNumber, StatementId, RevisionId } = request;
  const action = 'lambda:RemoveLayerVersionPermission';
  const reference = parseLayerVersion(core, caller, action, LayerName, VersionNumber);
  await exclusively(core, reference, () =>
    removeStatement(core, changeOf(reference, RevisionId), StatementId),
  );
  return {};
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionPolicy.html */
export async function getLayerVersionPolicy(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<GetLayerVersionPolicyResponse> {
  const { LayerName, VersionNumber } = validate(layerVersionModel, input);
  const action = 'lambda:GetLayerVersionPolicy';
  const reference = parseLayerVersion(core, caller, action, LayerName, VersionNumber);
  return exclusively(core, reference, async () => {
    const policy = core.policies.find(changeOf(reference, undefined));
    if (!policy) throw noPolicy();
    return { Policy: policyDocument(policy.statements), RevisionId: policy.revisionId };
  });
}

/** Runs work on the policy of a version that exists, and goes on existing meanwhile. */
function exclusively<Result>(
  core: Core,
  reference: LayerVersionReference,
  work: () => Promise<Result>,
): Promise<Result> {
  const { layerArn, version } = reference;
  return core.functions.exclusively(layerArn, async () => {
    if (await findLayerVersion(core, reference)) return work();
    throw new ServiceError(
      'ResourceNotFoundException',
      `Layer version ${layerArn}:${version} does not exist.`,
    );
  });
}

function changeOf({ layerArn, version }: LayerVersionReference, revisionId: string | undefined) {
  return {
    resource: layerArn,
    qualifier: String(version),
    revisionId,
    readOperation: 'GetLayerPolicy',
  };
}
