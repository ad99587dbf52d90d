import type { AddPermissionRequest, AddPermissionResponse } from '@aws-sdk/client-lambda';
import { aliasNotFound } from '../aliases/alias-configuration.ts';
import { findAlias } from '../aliases/find-alias.ts';
import { type FunctionReference, functionArn, functionNotFound, parseFunctionName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { validate } from '../validation.ts';
import { LATEST, versionNumber } from '../versions/version-name.ts';
import { addStatement } from './change-policy.ts';
import { addPermissionModel } from './models.ts';
import type { Statement } from './statement.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export async function addPermission(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<AddPermissionResponse> {
  const request = validate(addPermissionModel, input);
  const { FunctionName, Qualifier, StatementId, Action, Principal, RevisionId } = request;
  const reference = parseFunctionName(core, caller, 'lambda:AddPermission', FunctionName, Qualifier);
  const { functionArn: resource, qualifier } = reference;
  if (qualifier === '$LATEST') {
    throw new ServiceError(
      'InvalidParameterValueException',
      'We currently do not support adding policies for $LATEST.',
    );
  }
  const statement: Statement = {
    Sid: StatementId,
    Effect: 'Allow',
    Principal: readPrincipal(Principal),
    Action,
    Resource: functionArn(reference, qualifier),
    ...readConditions(request),
  };
  const change = { resource, qualifier, revisionId: RevisionId, readOperation: 'GetPolicy' };
  await core.functions.exclusively(resource, async () => {
    // Here, for nothing that is deleted meanwhile to leave a policy to the next of its name.
    await requireTarget(core, reference);
    await addStatement(core, change, statement);
  });
  return { Statement: JSON.stringify(statement) };
}

/** @throws ServiceError ResourceNotFoundException when the function, version or alias does not exist. */
async function requireTarget(core: Core, reference: FunctionReference): Promise<void> {
  const { accountId, region, functionName: name, qualifier } = reference;
  const version = versionNumber(qualifier);
  const row = await core.db.function.findUnique({
    where: { accountId_region_name_version: { accountId, region, name, version: version ?? LATEST } },
    select: { id: true },
  });
  if (!row) throw functionNotFound(reference);
  if (version !== undefined || qualifier === undefined) return;
  if (!(await findAlias(core, reference, qualifier))) throw aliasNotFound(reference, qualifier);
}

const PRINCIPAL_ARN =
  /^arn:aws[a-zA-Z-]*:(iam::\d{12}:(root|(user|role)\/[\w+=,.@/-]+)|sts::\d{12}:assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]+)$/;
const SERVICE = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazon(aws)?\.com(\.cn)?$/;

/** Whether a user or role exists is not checked: roles need not exist here. */
function readPrincipal(principal: string): Statement['Principal'] {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  if (PRINCIPAL_ARN.test(principal)) return { AWS: principal };
  if (SERVICE.test(principal)) return { Service: principal };
  throw new ServiceError(
    'InvalidParameterValueException',
    'The provided principal was invalid. Please check the principal and try again.',
  );
}

function readConditions(request: Omit<AddPermissionRequest, 'FunctionName'>): Pick<Statement, 'Condition'> {
  const equals = present({
    'AWS:SourceAccount': request.SourceAccount,
    'lambda:EventSourceToken': request.EventSourceToken,
    'lambda:FunctionUrlAuthType': request.FunctionUrlAuthType,
    'aws:PrincipalOrgID': request.PrincipalOrgID,
  });
  const bool = present({ 'lambda:InvokedViaFunctionUrl': request.InvokedViaFunctionUrl?.toString() });
  const like = present({ 'AWS:SourceArn': request.SourceArn });
  const condition = {
    ...(equals && { StringEquals: equals }),
    ...(bool && { Bool: bool }),
    ...(like && { ArnLike: like }),
  };
  return Object.keys(condition).length > 0 ? { Condition: condition } : {};
}

/** The keys that have a value; undefined when none has. */
function present(keys: Record<string, string | undefined>): Record<string, string> | undefined {
  const given = Object.entries(keys).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}
