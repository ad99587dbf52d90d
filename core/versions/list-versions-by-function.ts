import type { ListVersionsByFunctionResponse } from '@aws-sdk/client-lambda';
import { parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { describeListedFunction } from '../functions/function-configuration.ts';
import { readFunction } from '../functions/lifecycle.ts';
import { limits } from '../limits.ts';
import { validate } from '../validation.ts';
import { listVersionsByFunctionModel } from './models.ts';
import { readVersionMarker, writeVersionMarker } from './version-marker.ts';
import { versionName } from './version-name.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html
 * $LATEST comes first, then the versions by number.
 */
export async function listVersionsByFunction(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<ListVersionsByFunctionResponse> {
  const { FunctionName, Marker, MaxItems } = validate(listVersionsByFunctionModel, input);
  const reference = parseUnqualifiedName(core, caller, 'lambda:ListVersionsByFunction', FunctionName);
  const { accountId, region, name } = await readFunction(core, reference);
  const size = Math.min(MaxItems ?? limits.functionsPerPage, limits.functionsPerPage);
  const after = Marker ? readVersionMarker(Marker).version : -1;
  const rows = await core.db.function.findMany({
    where: { accountId, region, name, version: { gt: after } },
    orderBy: { version: 'asc' },
    take: size + 1,
  });
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return {
    Versions: page.map((row) => describeListedFunction(core, row, versionName(row.version))),
    ...(last && rows.length > size && { NextMarker: writeVersionMarker(last) }),
  };
}
