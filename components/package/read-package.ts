import { unzipSync } from 'fflate';
import { type PackageFiles, regularFile, toPackageFile } from './package-file.ts';
import { readZipDirectory } from './zip-directory.ts';

/** Unpacks a package. @throws Error when it is not a zip, is damaged, or holds names that would not survive. */
export function readPackage(zip: Uint8Array): PackageFiles {
  const entries = readZipDirectory(zip);
  const modes = new Map(entries.map(({ path, mode }) => [path, mode]));
  const unpacked = unzipSync(zip, { filter: ({ name }) => modes.has(name) });
  const files = Object.entries(unpacked).map(
    ([path, bytes]) => [path, toPackageFile(bytes, modes.get(path) || regularFile)] as const,
  );
  // The unpacker keeps files in a plain object, which loses duplicates and `__proto__`.
  if (files.length !== entries.length)
    throw new Error('The zip file has a name twice, or one that cannot be edited here.');
  return new Map(files);
}
