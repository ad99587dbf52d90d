import { strToU8, type Zippable, zipSync } from 'fflate';
import type { PackageFiles } from './package-file.ts';

/** The zip format's first moment, so that the same files make the same package. */
const epoch = new Date(1980, 0, 1);

/** Packs files into a zip, with their Unix modes. */
export function writePackage(files: PackageFiles): Uint8Array<ArrayBuffer> {
  const entries: Zippable = Object.create(null);
  for (const path of [...files.keys()].sort()) {
    const file = files.get(path);
    if (!file) continue;
    const bytes = file.text === undefined ? file.bytes : strToU8(file.text);
    entries[path] = [bytes, { os: 3, attrs: (file.mode << 16) >>> 0, mtime: epoch, level: 6 }];
  }
  return new Uint8Array(zipSync(entries));
}
