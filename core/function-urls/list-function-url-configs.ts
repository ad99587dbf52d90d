import type { ListFunctionUrlConfigsResponse } from '@aws-sdk/client-lambda';
import { parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { readMarker, writeMarker } from '../marker.ts';
import { validate } from '../validation.ts';
import { describeFunctionUrl, functionMissing } from './function-url.ts';
import { listFunctionUrlConfigsModel } from './models.ts';
import { readTarget } from './read-target.ts';

const longestPage = 50;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html */
export async function listFunctionUrlConfigs(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<ListFunctionUrlConfigsResponse> {
  const { FunctionName, Marker, MaxItems = longestPage } = validate(listFunctionUrlConfigsModel, input);
  const reference = parseUnqualifiedName(core, caller, 'lambda:ListFunctionUrlConfigs', FunctionName);
  if (!(await readTarget(core, { ...reference, qualifier: undefined }))) throw functionMissing();
  const after = Marker ? readMarker(Marker) : undefined;
  const urls = core.functionUrls
    .list(reference.functionArn)
    .filter(({ aliasName = '' }) => after === undefined || aliasName > after);
  const page = urls.slice(0, MaxItems);
  return {
    FunctionUrlConfigs: page.map((url) => describeFunctionUrl(url, caller)),
    ...(urls.length > page.length && { NextMarker: writeMarker(page.at(-1)?.aliasName ?? '') }),
  };
}
