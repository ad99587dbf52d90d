/** One file of a deployment package. Text is what decodes as UTF-8; all else stays bytes. */
export type PackageFile = { mode: number } & (
  | { text: string; bytes?: undefined }
  | { bytes: Uint8Array; text?: undefined }
);

/** Paths, relative to the package, and their files. */
export type PackageFiles = ReadonlyMap<string, PackageFile>;

/** A regular file that everybody may read: `-rw-r--r--`. */
export const regularFile = 0o100644;

/** Size of a file in bytes. */
export function sizeOf(file: PackageFile): number {
  return file.text === undefined ? file.bytes.length : new TextEncoder().encode(file.text).length;
}

/** Bytes as a file: text if they are UTF-8 without NUL, so that writing it back gives the same bytes. */
export function toPackageFile(bytes: Uint8Array, mode = regularFile): PackageFile {
  if (bytes.includes(0)) return { mode, bytes };
  try {
    return { mode, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { mode, bytes };
  }
}

/** Why a path cannot be a file's; undefined when it can. */
export function pathProblem(path: string, files: PackageFiles): string | undefined {
  const parts = path.split('/');
  if (path === '') return 'Enter a path, such as lib/orders.mjs.';
  if (parts.some((part) => part === '' || part === '.' || part === '..') || /[\\\0]/.test(path)) {
    return 'Separate names by single slashes, without . and .. among them.';
  }
  if (path === '__proto__') return 'JavaScript keeps this name to itself.';
  if (new TextEncoder().encode(path).length > 1024) return 'A path has at most 1,024 bytes.';
  if (files.has(path)) return 'There is a file of that name already.';
  const isInFile = parts.some((_, index) => index > 0 && files.has(parts.slice(0, index).join('/')));
  if (isInFile) return 'Part of this path is a file.';
  if ([...files.keys()].some((other) => other.startsWith(`${path}/`)))
    return 'There is a folder of that name already.';
  return undefined;
}
