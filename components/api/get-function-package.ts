import { queryOptions, useQuery } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';
import { getFunction } from './get-function.ts';
import { send } from './request.ts';
import { browserTransport, type Transport } from './transport.ts';

/** The deployed zip and the hash it goes by. */
export interface FunctionPackage {
  codeSha256: string;
  zip: Uint8Array<ArrayBuffer>;
}

/** Downloads the deployed package. The link leads back to where the question came from: the console's own origin. */
async function getFunctionPackage(
  transport: Transport,
  name: string,
  signal?: AbortSignal,
): Promise<FunctionPackage> {
  const { Configuration, Code } = await getFunction(transport, name, signal);
  if (!Code?.Location || !Configuration?.CodeSha256)
    throw new ApiError(500, '', 'The worker gave no link to the code.');
  // Its path alone: the browser may know the console by another origin than the console does.
  const { pathname, search } = new URL(Code.Location);
  const response = await send(fetch, pathname + search, { signal });
  return { codeSha256: Configuration.CodeSha256, zip: new Uint8Array(await response.arrayBuffer()) };
}

function functionPackageQuery(name: string, transport: Transport = browserTransport) {
  return queryOptions({
    queryKey: ['function-package', name],
    queryFn: ({ signal }) => getFunctionPackage(transport, name, signal),
    // A deployed package never changes under an editor by itself: deploying finds a newer one by its revision.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnReconnect: false,
  });
}

/** The deployed package as it was when the editor opened. */
export function useFunctionPackage(name: string) {
  return useQuery(functionPackageQuery(name));
}
