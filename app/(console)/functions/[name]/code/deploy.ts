import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../../../../../components/api/api-error.ts';
import { functionKey, functionQuery } from '../../../../../components/api/get-function.ts';
import { updateFunctionCode } from '../../../../../components/api/update-function-code.ts';

/** Somebody else deployed since the edits began. */
export class DeployConflict extends Error {
  override readonly name = 'DeployConflict';
}

interface Deployment {
  name: string;
  zip: Uint8Array;
  /** Hash of the package that the edits began from; undefined overwrites whatever is there. */
  baseSha256: string | undefined;
}

/**
 * Deploys a package, provided that nobody else did meanwhile. A revision that moved for another reason, a changed
 * setting for example, is no obstacle.
 * @throws DeployConflict, ApiError
 */
export async function deploy(
  queryClient: QueryClient,
  { name, zip, baseSha256 }: Deployment,
): Promise<FunctionConfiguration> {
  if (baseSha256 === undefined) return keep(queryClient, name, await updateFunctionCode(name, zip));
  const known = queryClient.getQueryData<FunctionConfiguration>(functionKey(name));
  if (known?.CodeSha256 === baseSha256) {
    try {
      return keep(queryClient, name, await updateFunctionCode(name, zip, known.RevisionId));
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 412)) throw error;
    }
  }
  const current = await queryClient.fetchQuery({ ...functionQuery(name), staleTime: 0 });
  if (current.CodeSha256 !== baseSha256)
    throw new DeployConflict('Somebody else has deployed this function.');
  return keep(queryClient, name, await updateFunctionCode(name, zip, current.RevisionId));
}

function keep(
  queryClient: QueryClient,
  name: string,
  configuration: FunctionConfiguration,
): FunctionConfiguration {
  queryClient.setQueryData(functionKey(name), configuration);
  return configuration;
}
