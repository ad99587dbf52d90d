import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { checkRevision } from '../functions/change-function.ts';
import { describeFunction } from '../functions/function-configuration.ts';
import { readSettled } from '../functions/lifecycle.ts';
import { validate } from '../validation.ts';
import { publishVersionModel } from './models.ts';
import { publishLatest } from './publish-latest.ts';
import { versionName } from './version-name.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
 * When nothing has changed since the last version, that one is the answer again.
 */
export async function publishVersion(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<FunctionConfiguration> {
  const request = validate(publishVersionModel, input);
  const reference = parseUnqualifiedName(core, caller, 'lambda:PublishVersion', request.FunctionName);
  const { version } = await core.functions.exclusively(reference.functionArn, async () => {
    const latest = await readSettled(core, reference);
    checkRevision(latest, request.RevisionId);
    checkCode(latest.codeSha256, request.CodeSha256);
    return publishLatest(core, latest, request.Description);
  });
  return describeFunction(core, version, versionName(version.version));
}

/** @throws ServiceError InvalidParameterValueException when $LATEST is not the code that the client means. */
function checkCode(codeSha256: string, wanted: string | undefined): void {
  const current = Buffer.from(codeSha256, 'hex').toString('base64');
  if (wanted === undefined || wanted === current) return;
  throw new ServiceError(
    'InvalidParameterValueException',
    `CodeSHA256 (${wanted}) is different from current CodeSHA256 in $LATEST (${current}). ` +
      'Please try again with the CodeSHA256 in $LATEST.',
  );
}
