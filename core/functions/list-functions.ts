import type { ListFunctionsResponse } from '@aws-sdk/client-lambda';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { limits } from '../limits.ts';
import { validate } from '../validation.ts';
import { readVersionMarker, writeVersionMarker } from '../versions/version-marker.ts';
import { LATEST, versionName } from '../versions/version-name.ts';
import { describeListedFunction } from './function-configuration.ts';
import { listFunctionsModel } from './models.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
 * A page is found by the version that the one before it ended with, so it costs the same wherever it is.
 */
export async function listFunctions(
  core: Core,
  { accountId, region }: Caller,
  input: JsonObject,
): Promise<ListFunctionsResponse> {
  const { FunctionVersion, Marker, MasterRegion, MaxItems } = validate(listFunctionsModel, input);
  if (MasterRegion !== undefined && FunctionVersion === undefined) {
    throw new ServiceError(
      'InvalidParameterValueException',
      'FunctionVersion must be ALL when MasterRegion is specified.',
    );
  }
  // Only replicas of Lambda@Edge have a master elsewhere, and there are none.
  if (MasterRegion !== undefined && MasterRegion !== 'ALL') return { Functions: [] };
  const size = Math.min(MaxItems ?? limits.functionsPerPage, limits.functionsPerPage);
  const { name, version } = Marker ? readVersionMarker(Marker) : { name: '', version: LATEST };
  const rows = await core.db.function.findMany({
    where:
      FunctionVersion === 'ALL'
        ? // The first condition is implied, but it is what the index is searched by.
          {
            accountId,
            region,
            name: { gte: name },
            OR: [{ name: { gt: name } }, { version: { gt: version } }],
          }
        : { accountId, region, version: LATEST, name: { gt: name } },
    orderBy: [{ name: 'asc' }, { version: 'asc' }],
    take: size + 1,
  });
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return {
    Functions: page.map((row) =>
      describeListedFunction(core, row, FunctionVersion && versionName(row.version)),
    ),
    ...(last && rows.length > size && { NextMarker: writeVersionMarker(last) }),
  };
}
