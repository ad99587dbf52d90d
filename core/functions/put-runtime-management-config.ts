import type { PutRuntimeManagementConfigResponse } from '@aws-sdk/client-lambda';
import { functionArn, parseFunctionName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { validate } from '../validation.ts';
import { readVersion } from './lifecycle.ts';
import { putRuntimeManagementConfigModel } from './models.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutRuntimeManagementConfig.html
 * Runtimes come with the server and the machine, so no function can keep an older one.
 */
export async function putRuntimeManagementConfig(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<Omit<PutRuntimeManagementConfigResponse, 'RuntimeVersionArn'>> {
  const { FunctionName, Qualifier, UpdateRuntimeOn } = validate(putRuntimeManagementConfigModel, input);
  const action = 'lambda:PutRuntimeManagementConfig';
  const reference = parseFunctionName(core, caller, action, FunctionName, Qualifier);
  await readVersion(core, reference);
  if (UpdateRuntimeOn === 'Auto') {
    return { UpdateRuntimeOn, FunctionArn: functionArn(reference, reference.qualifier) };
  }
  throw new ServiceError(
    'InvalidParameterValueException',
    'Hearth runs every function on the runtime that it has. UpdateRuntimeOn must be Auto.',
  );
}
