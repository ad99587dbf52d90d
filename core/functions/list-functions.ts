import type { ListFunctionsResponse } from '@aws-sdk/client-lambda';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { limits } from '../limits.ts';
import { readMarker, writeMarker } from '../marker.ts';
import { validate } from '../validation.ts';
import { describeListedFunction } from './function-configuration.ts';
import { listFunctionsModel } from './models.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
 * A page is found by the name that the one before it ended with, so it costs the same wherever it is.
 */
export async function listFunctions(
  core: Core,
  { accountId, region }: Caller,
  input: JsonObject,
): Promise<ListFunctionsResponse> {
  const { FunctionVersion, Marker, MaxItems } = validate(listFunctionsModel, input);
  const size = Math.min(MaxItems ?? limits.functionsPerPage, limits.functionsPerPage);
  const after = Marker ? readMarker(Marker) : '';
  const rows = await core.db.function.findMany({
    where: { accountId, region, name: { gt: after } },
    orderBy: { name: 'asc' },
    take: size + 1,
  });
  const page = rows.slice(0, size);
  const last = page.at(-1);
  const qualifier = FunctionVersion === 'ALL' ? '$LATEST' : undefined;
  return {
    Functions: page.map((row) => describeListedFunction(core, row, qualifier)),
    ...(last && rows.length > size && { NextMarker: writeMarker(last.name) }),
  };
}
