import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { toBase64 } from './base64.ts';
import { functionPath } from './function-path.ts';
import { sendJson } from './request.ts';
import { browserTransport } from './transport.ts';

/**
 * Deploys a package.
 * @param revisionId the revision that the change is based on; without it whatever is there is overwritten.
 * @throws ApiError 412 `PreconditionFailedException` when the function has changed since.
 */
export function updateFunctionCode(
  name: string,
  zip: Uint8Array,
  revisionId?: string,
): Promise<FunctionConfiguration> {
  return sendJson(browserTransport, functionPath(name, 'code'), {
    method: 'PUT',
    body: { ZipFile: toBase64(zip), RevisionId: revisionId },
  });
}
