import type { Caller } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { limits } from '../limits.ts';
import { parseLayerVersionArn } from './layer-arn.ts';
import { findLayerVersion } from './read-layer-version.ts';

/** What a function keeps of a layer version, which may be deleted while the function uses it. */
export interface FunctionLayer {
  arn: string;
  /** Lower-case hexadecimal, of the zip. */
  codeSha256: string;
  /** Bytes of the zip. */
  codeSize: number;
  /** Bytes of all files in it. */
  unzippedSize: number;
  fileCount: number;
}

/** The layers of a function, in the order in which they are merged. */
export function readFunctionLayers(row: { layers: string }): FunctionLayer[] {
  return JSON.parse(row.layers) as FunctionLayer[];
}

/**
 * The layers that a request names, for the column of the function.
 * @throws ServiceError InvalidParameterValueException for too many, for two versions of one layer, of another region
 *   or unknown; AccessDeniedException for one of another account that does not allow it.
 */
export async function resolveLayers(
  core: Core,
  caller: Caller,
  arns: readonly string[],
): Promise<FunctionLayer[]> {
  if (arns.length > limits.layersPerFunction) {
    throw invalid(`Cannot reference more than ${limits.layersPerFunction} layers.`);
  }
  if (arns.some((arn) => arn.split(':')[3] !== caller.region)) {
    throw invalid(
      'Layers are not in the same region as the function. ' +
        `Layers are expected to be in region ${caller.region}.`,
    );
  }
  const layers: FunctionLayer[] = [];
  const seen = new Map<string, string>();
  for (const arn of arns) {
    const reference = parseLayerVersionArn(core, caller, 'lambda:GetLayerVersion', arn);
    const row = await findLayerVersion(core, reference);
    if (!row) throw invalid(`Layer version ${arn} does not exist.`);
    const other = seen.get(reference.layerArn);
    if (other) {
      throw invalid(
        'Two different versions of the same layer are not allowed to be referenced in the same function. ' +
          `${other} and ${arn} are versions of the same layer.`,
      );
    }
    seen.set(reference.layerArn, arn);
    layers.push({
      arn,
      codeSha256: row.codeSha256,
      codeSize: Number(row.codeSize),
      unzippedSize: Number(row.codeUnzippedSize),
      fileCount: row.codeFileCount,
    });
  }
  return layers;
}

/**
 * Checks a function's package together with its layers.
 * @throws ServiceError InvalidParameterValueException for more than 250 MB; the package is then collected, unless
 *   somebody uses it.
 */
export function checkTotalSize(
  core: Core,
  code: { codeSha256: string; unzippedSize: number },
  layers: readonly FunctionLayer[],
): void {
  const total = layers.reduce((sum, { unzippedSize }) => sum + unzippedSize, code.unzippedSize);
  if (total <= limits.codeUnzippedBytes) return;
  core.codeStore.releaseSoon(code.codeSha256);
  throw invalid(
    'Function code combined with layers exceeds the maximum allowed size of ' +
      `${limits.codeUnzippedBytes} bytes. The actual size is ${total} bytes.`,
  );
}

/** Lets the packages of a function that is gone, or that has other layers now, be collected. */
export function releaseLayers(core: Core, row: { layers: string }): void {
  for (const { codeSha256 } of readFunctionLayers(row)) core.codeStore.releaseSoon(codeSha256);
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', message);
}
