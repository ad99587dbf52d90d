import type { ListLayerVersionsResponse } from '@aws-sdk/client-lambda';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { limits } from '../limits.ts';
import { readMarker, writeMarker } from '../marker.ts';
import { validate } from '../validation.ts';
import { compatibleWith } from './compatible-with.ts';
import { describeListedLayerVersion } from './describe-layer-version.ts';
import { parseLayerName } from './layer-arn.ts';
import { listLayerVersionsModel } from './models.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListLayerVersions.html
 * Newest first; empty for a layer that does not exist.
 */
export async function listLayerVersions(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<ListLayerVersionsResponse> {
  const request = validate(listLayerVersionsModel, input);
  const reference = parseLayerName(core, caller, 'lambda:ListLayerVersions', request.LayerName);
  const { accountId, region, name } = reference;
  const size = request.MaxItems ?? limits.layersPerPage;
  const before = request.Marker ? Number(readMarker(request.Marker)) : Number.MAX_SAFE_INTEGER;
  const rows = await core.db.layerVersion.findMany({
    where: {
      accountId,
      region,
      name,
      version: { lt: Number.isSafeInteger(before) ? Math.min(before, 2 ** 31 - 1) : 0 },
      deleted: false,
      ...compatibleWith(request),
    },
    orderBy: { version: 'desc' },
    take: size + 1,
  });
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return {
    LayerVersions: page.map(describeListedLayerVersion),
    ...(last && rows.length > size && { NextMarker: writeMarker(String(last.version)) }),
  };
}
