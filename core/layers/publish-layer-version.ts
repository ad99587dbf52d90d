import type { PublishLayerVersionResponse } from '@aws-sdk/client-lambda';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { packageColumns, requireZip } from '../functions/code-columns.ts';
import { validate } from '../validation.ts';
import { describeLayerVersion } from './describe-layer-version.ts';
import { parseLayerName } from './layer-arn.ts';
import { publishLayerVersionModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html */
export async function publishLayerVersion(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<PublishLayerVersionResponse> {
  const request = validate(publishLayerVersionModel, input);
  const layer = parseLayerName(core, caller, 'lambda:PublishLayerVersion', request.LayerName);
  const { accountId, region, name, layerArn } = layer;
  const zip = requireZip(request.Content.ZipFile);
  core.usage.checkRoom(layer, zip.length);
  using stored = await core.codeStore.store(zip);
  const row = await core.functions.exclusively(layerArn, async () => {
    const { _max: newest } = await core.db.layerVersion.aggregate({
      where: { accountId, region, name },
      _max: { version: true },
    });
    return written(
      core.db.layerVersion.create({
        data: {
          accountId,
          region,
          name,
          version: (newest.version ?? 0) + 1,
          description: request.Description ?? '',
          licenseInfo: request.LicenseInfo ?? null,
          compatibleRuntimes: JSON.stringify(request.CompatibleRuntimes ?? []),
          compatibleArchitectures: JSON.stringify(request.CompatibleArchitectures ?? []),
          ...packageColumns(stored),
          deleted: false,
          createdDate: new Date(core.clock.now()),
        },
      }),
    );
  });
  core.usage.add(layer, 0, stored.codeSize);
  return describeLayerVersion(core, caller, row);
}
