import type { GetFunctionResponse } from '@aws-sdk/client-lambda';
import { parseFunctionName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { validate } from '../validation.ts';
import { LATEST } from '../versions/version-name.ts';
import { describeFunction } from './function-configuration.ts';
import { readFunction, readVersion } from './lifecycle.ts';
import { functionReferenceModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export async function getFunction(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<GetFunctionResponse> {
  const { FunctionName, Qualifier } = validate(functionReferenceModel, input);
  const reference = parseFunctionName(core, caller, 'lambda:GetFunction', FunctionName, Qualifier);
  const row = await readVersion(core, reference);
  // A version has those of its function.
  const latest = row.version === LATEST ? row : await readFunction(core, reference);
  const tags = JSON.parse(latest.tags) as Record<string, string>;
  const reserved = core.concurrency.of(reference);
  return {
    Configuration: describeFunction(core, row, reference.qualifier),
    Code: {
      RepositoryType: 'S3',
      Location: `${caller.endpoint}/hearth/code/${core.codeLinks.issue(row.codeSha256)}`,
    },
    ...(Object.keys(tags).length > 0 && { Tags: tags }),
    ...(reserved !== undefined && { Concurrency: { ReservedConcurrentExecutions: reserved } }),
  };
}
