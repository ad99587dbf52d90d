import { strFromU8 } from 'fflate';

/** What a zip says about one of its files. */
export interface ZipEntry {
  path: string;
  /** Unpacked, in bytes. */
  size: number;
  /** Unix mode with the file type; 0 when the zip was not made on Unix. */
  mode: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
/** A zip's comment, which stands behind its end record, has at most that many bytes. */
const longestComment = 0xffff;

/**
 * Reads the central directory of a zip: which files are in it, without unpacking any. Folders are left out.
 * @throws Error when the bytes are not a zip.
 */
export function readZipDirectory(zip: Uint8Array): ZipEntry[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  let end = zip.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== endSignature) {
    end -= 1;
    if (end < zip.length - 22 - longestComment) break;
  }
  if (end < 0 || view.getUint32(end, true) !== endSignature) throw new Error('This is not a zip file.');

  const entries: ZipEntry[] = [];
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > zip.length || view.getUint32(at, true) !== entrySignature)
      throw new Error('The zip file is damaged.');
    const isUtf8 = (view.getUint16(at + 8, true) & 0x800) !== 0;
    const nameLength = view.getUint16(at + 28, true);
    const path = strFromU8(zip.subarray(at + 46, at + 46 + nameLength), !isUtf8);
    const madeOnUnix = zip[at + 5] === 3;
    if (!path.endsWith('/')) {
      entries.push({
        path,
        size: view.getUint32(at + 24, true),
        mode: madeOnUnix ? view.getUint16(at + 40, true) : 0,
      });
    }
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}
