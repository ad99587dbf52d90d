import type { FunctionPackage } from '../../../../../components/api/get-function-package.ts';
import { formatBytes } from '../../../../../components/format-bytes.ts';
import type { PackageFiles } from '../../../../../components/package/package-file.ts';
import { readPackage } from '../../../../../components/package/read-package.ts';
import { readZipDirectory } from '../../../../../components/package/zip-directory.ts';

/** Unpacked bytes up to which code is edited in the console, as in AWS's. */
export const editableBytes = 3 * 1024 * 1024;
const editableFiles = 1000;

/** A package for the editor, or only the list of its files and why it cannot be edited here. */
export type OpenedPackage = { files: PackageFiles } | { paths: readonly string[]; reason: string };

/** Unpacks a package if it can be edited. */
export function openPackage(zip: FunctionPackage['zip']): OpenedPackage {
  let paths: string[] = [];
  try {
    const entries = readZipDirectory(zip);
    paths = entries.map((entry) => entry.path);
    const size = entries.reduce((sum, entry) => sum + entry.size, 0);
    if (size > editableBytes) {
      return {
        paths,
        reason: `The code has ${formatBytes(size)}; up to ${formatBytes(editableBytes)} can be edited here.`,
      };
    }
    if (paths.length > editableFiles) {
      return {
        paths,
        reason: `The code has ${paths.length.toLocaleString('en')} files; up to ${editableFiles.toLocaleString('en')} can be edited here.`,
      };
    }
    return { files: readPackage(zip) };
  } catch (error) {
    return { paths, reason: error instanceof Error ? error.message : 'The package could not be read.' };
  }
}
