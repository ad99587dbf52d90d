import type {
  Architecture,
  GetLayerVersionResponse,
  LayerVersionsListItem,
  Runtime,
} from '@aws-sdk/client-lambda';
import type { LayerVersion } from '../../prisma/generated/client.ts';
import type { Caller } from '../caller.ts';
import type { Core } from '../core.ts';
import { layerArn } from './layer-arn.ts';

/** A layer version as lists show it. */
export function describeListedLayerVersion(row: LayerVersion): LayerVersionsListItem {
  const runtimes = JSON.parse(row.compatibleRuntimes) as Runtime[];
  const architectures = JSON.parse(row.compatibleArchitectures) as Architecture[];
  return {
    LayerVersionArn: `${layerArn(row)}:${row.version}`,
    Version: row.version,
    Description: row.description,
    CreatedDate: row.createdDate.toISOString().replace('Z', '+0000'),
    ...(runtimes.length > 0 && { CompatibleRuntimes: runtimes }),
    ...(architectures.length > 0 && { CompatibleArchitectures: architectures }),
    ...(row.licenseInfo !== null && { LicenseInfo: row.licenseInfo }),
  };
}

/** A layer version with a link to its package, which works for 10 minutes. */
export function describeLayerVersion(core: Core, caller: Caller, row: LayerVersion): GetLayerVersionResponse {
  return {
    Content: {
      Location: `${caller.endpoint}/hearth/code/${core.codeLinks.issue(row.codeSha256)}`,
      CodeSha256: Buffer.from(row.codeSha256, 'hex').toString('base64'),
      CodeSize: Number(row.codeSize),
    },
    LayerArn: layerArn(row),
    ...describeListedLayerVersion(row),
  };
}
