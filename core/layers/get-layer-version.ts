import type { GetLayerVersionResponse } from '@aws-sdk/client-lambda';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { validate } from '../validation.ts';
import { describeLayerVersion } from './describe-layer-version.ts';
import { parseLayerVersion, parseLayerVersionArn } from './layer-arn.ts';
import { getLayerVersionByArnModel, layerVersionModel } from './models.ts';
import { readLayerVersion } from './read-layer-version.ts';

const action = 'lambda:GetLayerVersion';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersion.html */
export async function getLayerVersion(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<GetLayerVersionResponse> {
  const { LayerName, VersionNumber } = validate(layerVersionModel, input);
  const reference = parseLayerVersion(core, caller, action, LayerName, VersionNumber);
  return describeLayerVersion(core, caller, await readLayerVersion(core, reference));
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionByArn.html */
export async function getLayerVersionByArn(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<GetLayerVersionResponse> {
  const { Arn } = validate(getLayerVersionByArnModel, input);
  const reference = parseLayerVersionArn(core, caller, action, Arn);
  return describeLayerVersion(core, caller, await readLayerVersion(core, reference));
}
