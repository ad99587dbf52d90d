import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { validate } from '../validation.ts';
import { parseLayerVersion } from './layer-arn.ts';
import { layerVersionModel } from './models.ts';
import { findLayerVersion } from './read-layer-version.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_DeleteLayerVersion.html
 * Functions that use the version go on using it; one that is not there is no error.
 */
export async function deleteLayerVersion(core: Core, caller: Caller, input: JsonObject): Promise<object> {
  const { LayerName, VersionNumber } = validate(layerVersionModel, input);
  const reference = parseLayerVersion(core, caller, 'lambda:DeleteLayerVersion', LayerName, VersionNumber);
  const { accountId, region, name, version, layerArn: resource } = reference;
  const qualifier = String(version);
  await core.functions.exclusively(resource, async () => {
    const row = await findLayerVersion(core, reference);
    if (!row) return;
    await written(
      core.db.$transaction([
        core.db.layerVersion.update({
          where: { accountId_region_name_version: { accountId, region, name, version } },
          data: { deleted: true },
        }),
        core.db.resourcePolicy.deleteMany({ where: { resource, qualifier } }),
      ]),
    );
    core.policies.forget(resource, qualifier);
    core.usage.add(reference, 0, -Number(row.codeSize));
    core.codeStore.releaseSoon(row.codeSha256);
  });
  return {};
}
