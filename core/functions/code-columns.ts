import type { StoredPackage } from '../code/code-store.ts';
import { ServiceError } from '../errors.ts';

/** The columns that say which package a function runs. */
export function packageColumns({
  codeSha256,
  codeSize,
  unzippedSize,
  fileCount,
}: Omit<StoredPackage, symbol>) {
  return {
    codeSha256,
    codeSize: BigInt(codeSize),
    codeUnzippedSize: BigInt(unzippedSize),
    codeFileCount: fileCount,
  };
}

/** @throws ServiceError InvalidParameterValueException when a request brings no code. */
export function requireZip(zip: Buffer<ArrayBuffer> | undefined): Buffer<ArrayBuffer> {
  if (zip) return zip;
  throw new ServiceError('InvalidParameterValueException', 'Please provide a source for function code.');
}
