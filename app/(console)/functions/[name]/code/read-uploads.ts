import {
  type PackageFile,
  regularFile,
  toPackageFile,
} from '../../../../../components/package/package-file.ts';

/** Reads chosen or dropped files; those of a chosen folder keep their place in it. */
export async function readUploads(uploads: readonly File[]): Promise<Map<string, PackageFile>> {
  const entries = uploads.map(async (file) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return [file.webkitRelativePath || file.name, toPackageFile(bytes, regularFile)] as const;
  });
  return new Map(await Promise.all(entries));
}
