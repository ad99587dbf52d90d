import type { CreateFunctionUrlConfigResponse } from '@aws-sdk/client-lambda';
import { functionArn, parseFunctionName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { validate } from '../validation.ts';
import { describeFunctionUrl, type FunctionUrl, functionMissing } from './function-url.ts';
import { createFunctionUrlConfigModel } from './models.ts';
import { readTarget } from './read-target.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html */
export async function createFunctionUrlConfig(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<CreateFunctionUrlConfigResponse> {
  const { FunctionName, Qualifier, AuthType, Cors, InvokeMode } = validate(
    createFunctionUrlConfigModel,
    input,
  );
  const reference = parseFunctionName(
    core,
    caller,
    'lambda:CreateFunctionUrlConfig',
    FunctionName,
    Qualifier,
  );
  const { accountId, region, functionName, qualifier: aliasName } = reference;
  const now = new Date(core.clock.now());
  const url: FunctionUrl = {
    id: core.uuid().replaceAll('-', ''),
    accountId,
    region,
    functionName,
    aliasName,
    authType: AuthType,
    invokeMode: InvokeMode ?? 'BUFFERED',
    cors: Cors,
    creationTime: now,
    lastModifiedTime: now,
  };
  await core.functions.exclusively(reference.functionArn, async () => {
    const functionId = await readTarget(core, reference);
    if (!functionId) throw functionMissing();
    if (core.functionUrls.of(url)) {
      throw new ServiceError(
        'ResourceConflictException',
        `Failed to create function url config for [functionArn = ${functionArn(url, aliasName)}]. ` +
          'Error message:  FunctionUrlConfig exists for this Lambda function',
      );
    }
    await core.functionUrls.set(functionId, url);
  });
  const { LastModifiedTime: _, InvokeMode: mode, ...answer } = describeFunctionUrl(url, caller);
  // Lambda repeats the mode only to who gave it.
  return InvokeMode === undefined ? answer : { ...answer, InvokeMode: mode };
}
