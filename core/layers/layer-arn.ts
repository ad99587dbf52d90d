import type { Caller } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { authorize } from '../permissions/authorize.ts';

const layerArnPattern = 'arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+';

/** LayerName as AWS's model has it: a name or an ARN. */
export const layerNamePattern = `(${layerArnPattern})|[a-zA-Z0-9-_]+`;
export const layerVersionArnPattern = `${layerArnPattern}:[0-9]+`;

/** Which layer a request means. */
export interface LayerReference {
  accountId: string;
  region: string;
  name: string;
  /** `arn:aws:lambda:<region>:<account>:layer:<name>` */
  layerArn: string;
}

/** Which version of a layer a request means. */
export interface LayerVersionReference extends LayerReference {
  version: number;
}

/**
 * Reads a LayerName or layer version ARN whose form its model has checked.
 * @throws ServiceError ResourceNotFoundException for another region.
 */
function parseLayer(caller: Caller, nameOrArn: string): LayerReference & { qualifier: string | undefined } {
  const [, , , region = caller.region, accountId = caller.accountId, , arnName, qualifier] =
    nameOrArn.split(':');
  if (region !== caller.region) {
    throw new ServiceError(
      'ResourceNotFoundException',
      `Layers from '${region}' are not reachable in this region ('${caller.region}')`,
    );
  }
  const name = arnName ?? nameOrArn;
  return { accountId, region, name, layerArn: layerArn({ accountId, region, name }), qualifier };
}

/**
 * Reads a LayerName and decides whether the caller may do with the layer what it asks for.
 * @throws ServiceError ResourceNotFoundException for another region, AccessDeniedException for another account.
 */
export function parseLayerName(core: Core, caller: Caller, action: string, name: string): LayerReference {
  const reference = parseLayer(caller, name);
  const { accountId, layerArn: resource } = reference;
  authorize(core, caller, action, { accountId, resource, qualifier: undefined });
  return reference;
}

/**
 * Reads a LayerName and the number beside it, likewise.
 * @throws ServiceError as `parseLayerName`, and InvalidParameterValueException for a number below 1.
 */
export function parseLayerVersion(
  core: Core,
  caller: Caller,
  action: string,
  name: string,
  version: number,
): LayerVersionReference {
  if (version < 1) {
    throw new ServiceError('InvalidParameterValueException', 'Layer Version Cannot be less than 1.');
  }
  const reference = parseLayer(caller, name);
  const { accountId, layerArn: resource } = reference;
  authorize(core, caller, action, { accountId, resource, qualifier: String(version) });
  return { ...reference, version };
}

/** Reads the ARN of a layer version, likewise. */
export function parseLayerVersionArn(
  core: Core,
  caller: Caller,
  action: string,
  arn: string,
): LayerVersionReference {
  const { qualifier } = parseLayer(caller, arn);
  return parseLayerVersion(core, caller, action, arn, Number(qualifier));
}

export function layerArn(layer: { accountId: string; region: string; name: string }): string {
  return `arn:aws:lambda:${layer.region}:${layer.accountId}:layer:${layer.name}`;
}
