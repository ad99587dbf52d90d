import type { LayerVersion } from '../../prisma/generated/client.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import type { LayerVersionReference } from './layer-arn.ts';

/** The database's integers end here; no layer has so many versions. */
const LARGEST = 2 ** 31 - 1;

/** A layer version that was published and not deleted. */
export async function findLayerVersion(
  core: Core,
  { accountId, region, name, version }: LayerVersionReference,
): Promise<LayerVersion | null> {
  if (version > LARGEST) return null;
  const row = await core.db.layerVersion.findUnique({
    where: { accountId_region_name_version: { accountId, region, name, version } },
  });
  return row?.deleted ? null : row;
}

/** @throws ServiceError ResourceNotFoundException. */
export async function readLayerVersion(core: Core, reference: LayerVersionReference): Promise<LayerVersion> {
  const row = await findLayerVersion(core, reference);
  if (row) return row;
  throw new ServiceError('ResourceNotFoundException', 'The resource you requested does not exist.');
}
