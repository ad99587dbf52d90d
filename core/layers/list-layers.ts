import type { ListLayersResponse } from '@aws-sdk/client-lambda';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { limits } from '../limits.ts';
import { readMarker, writeMarker } from '../marker.ts';
import { validate } from '../validation.ts';
import { compatibleWith } from './compatible-with.ts';
import { describeListedLayerVersion } from './describe-layer-version.ts';
import { layerArn } from './layer-arn.ts';
import { listLayersModel } from './models.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListLayers.html
 * Shows of each layer the newest version that matches; a layer without any is not shown.
 */
export async function listLayers(
  core: Core,
  { accountId, region }: Caller,
  input: JsonObject,
): Promise<ListLayersResponse> {
  const request = validate(listLayersModel, input);
  const size = request.MaxItems ?? limits.layersPerPage;
  const after = request.Marker ? readMarker(request.Marker) : '';
  const names = await core.db.layerVersion.groupBy({
    by: ['name'],
    where: { accountId, region, name: { gt: after }, deleted: false, ...compatibleWith(request) },
    _max: { version: true },
    orderBy: { name: 'asc' },
    take: size + 1,
  });
  const page = names.slice(0, size);
  const last = page.at(-1);
  const rows = await core.db.layerVersion.findMany({
    where: {
      accountId,
      region,
      OR: page.map(({ name, _max }) => ({ name, version: _max.version ?? 0 })),
    },
    orderBy: { name: 'asc' },
  });
  return {
    Layers: rows.map((row) => ({
      LayerName: row.name,
      LayerArn: layerArn(row),
      LatestMatchingVersion: describeListedLayerVersion(row),
    })),
    ...(last && names.length > size && { NextMarker: writeMarker(last.name) }),
  };
}
