import type { Alias } from '../../prisma/generated/client.ts';
import type { FunctionReference } from '../arn.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { readSettled } from '../functions/lifecycle.ts';
import { LATEST, versionNumber } from '../versions/version-name.ts';

/** The columns that say where an alias leads. */
export type AliasTarget = Pick<Alias, 'functionVersion' | 'additionalVersion' | 'additionalWeight'>;

/**
 * Finds the versions that a request names, for work that runs inside `exclusively`.
 * @param version the alias's FunctionVersion.
 * @param weights AdditionalVersionWeights; without members there is no routing.
 * @throws ServiceError InvalidParameterValueException, ResourceNotFoundException.
 */
export async function findTarget(
  core: Core,
  reference: FunctionReference,
  version: string,
  weights: Readonly<Record<string, number>>,
): Promise<AliasTarget> {
  const [additional, ...others] = Object.entries(weights);
  if (others.length > 0)
    throw invalid('Number of items in AdditionalVersionWeights cannot be greater than 1');
  const functionVersion = await findVersion(core, reference, version);
  if (!additional) return { functionVersion, additionalVersion: null, additionalWeight: null };
  const [additionalName, additionalWeight] = additional;
  if (additionalName === version) {
    throw invalid(
      `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
    );
  }
  if (functionVersion === LATEST) {
    throw invalid('$LATEST is not supported for an alias pointing to more than 1 version');
  }
  const additionalVersion = await findVersion(core, reference, additionalName);
  return { functionVersion, additionalVersion, additionalWeight };
}

async function findVersion(core: Core, reference: FunctionReference, qualifier: string): Promise<number> {
  // What is not written as numbers of versions are is the number of none.
  const row = await readSettled(core, { ...reference, qualifier }, versionNumber(qualifier) ?? -1);
  return row.version;
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', message);
}
