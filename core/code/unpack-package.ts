import { chmodSync, closeSync, fchmodSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import type { PackageContents, PackageFile } from './inspect-package.ts';

/**
 * Unpacks an inspected zip into a directory that does not exist yet. Synchronous: large packages are unpacked in a
 * thread of their own.
 * @throws Error when a file's data is not what the zip's directory says; leaves what it wrote until then.
 */
export function unpackPackage(zip: Uint8Array, contents: PackageContents, directory: string): void {
  makeDirectory(directory);
  for (const name of contents.directories) makeDirectory(path.join(directory, name));
  for (const file of contents.files) writeFile(path.join(directory, file.path), file, extract(zip, file));
}

function extract(zip: Uint8Array, file: PackageFile): Uint8Array {
  const data = zip.subarray(file.start, file.start + file.compressedSize);
  // Never inflates further than a byte beyond the promised size, whatever the data holds.
  const content = file.deflated ? inflateRawSync(data, { maxOutputLength: Math.max(file.size, 1) }) : data;
  if (content.length !== file.size) throw new Error(`${file.path} has another size than its entry says.`);
  if (crc32(content) !== file.crc32)
    throw new Error(`${file.path} has another checksum than its entry says.`);
  return content;
}

/** Modes are set explicitly, for no umask to keep a sandbox's user from reading its code. */
function makeDirectory(directory: string): void {
  mkdirSync(directory);
  chmodSync(directory, 0o755);
}

function writeFile(target: string, file: PackageFile, content: Uint8Array): void {
  const descriptor = openSync(target, 'wx');
  try {
    for (let written = 0; written < content.length; ) written += writeSync(descriptor, content, written);
    fchmodSync(descriptor, file.executable ? 0o755 : 0o644);
  } finally {
    closeSync(descriptor);
  }
}
