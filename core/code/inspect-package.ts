import { isUtf8 } from 'node:buffer';
import yauzl from 'yauzl';
import { ServiceError } from '../errors.ts';
import { limits } from '../limits.ts';
import { cannotUnzip, emptyPackage, unzippedTooLarge, zippedTooLarge } from './package-error.ts';
import { PackagePaths } from './package-paths.ts';

/** One regular file of a package: where its data is in the zip, and what it must become. */
export interface PackageFile {
  path: string;
  executable: boolean;
  /** Offset of the data in the zip. */
  start: number;
  /** Bytes of the data in the zip. */
  compressedSize: number;
  /** Bytes of the file, as the zip says; whoever inflates it must hold it to that. */
  size: number;
  crc32: number;
  deflated: boolean;
}

/** What a zip says that it contains, found harmless. */
export interface PackageContents {
  files: PackageFile[];
  /** Every directory, parents before children. */
  directories: string[];
  /** Bytes of all files. */
  unzippedSize: number;
}

const STORED = 0;
const DEFLATED = 8;

/**
 * Reads a zip's directory and refuses what must not be unpacked: too large, not a zip, encrypted, odd or
 * conflicting names, anything but files and directories, more data than a zip of that size can hold.
 * @throws ServiceError RequestEntityTooLargeException, InvalidParameterValueException.
 */
export async function inspectPackage(zip: Buffer): Promise<PackageContents> {
  if (zip.length === 0) throw emptyPackage();
  if (zip.length > limits.codeZippedBytes) throw zippedTooLarge();
  try {
    return await readDirectory(zip);
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw cannotUnzip(error instanceof Error ? error : String(error));
  }
}

async function readDirectory(zip: Buffer): Promise<PackageContents> {
  const zipFile = await yauzl.fromBufferPromise(zip, { strictFileNames: true });
  if (zipFile.entryCount > limits.codeEntries) throw cannotUnzip(`${zipFile.entryCount} entries`);
  const paths = new PackagePaths();
  const files: PackageFile[] = [];
  let unzippedSize = 0;
  let compressedSize = 0;
  for await (const entry of zipFile.eachEntry()) {
    const path = nameOf(entry);
    if (kindOf(entry, path) === 'directory') {
      paths.addDirectory(path.slice(0, -1));
      continue;
    }
    paths.addFile(path);
    unzippedSize += entry.uncompressedSize;
    compressedSize += entry.compressedSize;
    const { fileDataStart } = await zipFile.readLocalFileHeaderPromise(entry, { minimal: true });
    files.push({
      path,
      executable: ((entry.externalFileAttributes >>> 16) & 0o111) !== 0,
      start: fileDataStart,
      compressedSize: entry.compressedSize,
      size: entry.uncompressedSize,
      crc32: entry.crc32,
      deflated: entry.compressionMethod === DEFLATED,
    });
  }
  if (files.length === 0) throw emptyPackage();
  if (unzippedSize > limits.codeUnzippedBytes) throw unzippedTooLarge();
  // Only entries that share their data, the way zip bombs are made, get past either of these.
  if (compressedSize > zip.length) throw cannotUnzip('overlapping entries');
  if (unzippedSize > zip.length * limits.deflateRatio) throw cannotUnzip('impossible compression ratio');
  return { files, directories: paths.directories, unzippedSize };
}

/** File types in the upper half of the external attributes, where zips made on Unix keep `st_mode`. */
const TYPE_MASK = 0o170000;
const FILE = 0o100000;
const DIRECTORY = 0o040000;

function kindOf(entry: yauzl.Entry, path: string): 'file' | 'directory' {
  if (entry.isEncrypted()) throw cannotUnzip(`${path} is encrypted`);
  const type = (entry.externalFileAttributes >>> 16) & TYPE_MASK;
  const named = path.endsWith('/') ? 'directory' : 'file';
  if (type !== 0 && type !== (named === 'directory' ? DIRECTORY : FILE)) {
    throw cannotUnzip(`${path} is of type 0${type.toString(8)}`);
  }
  if (named === 'directory') {
    if (entry.uncompressedSize > 0) throw cannotUnzip(`the directory ${path} has content`);
  } else if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    throw cannotUnzip(`${path} is compressed by method ${entry.compressionMethod}`);
  }
  return named;
}

/** Extra field in which some zips repeat the name in UTF-8. */
const UNICODE_PATH = 0x7075;

/** macOS writes names in UTF-8 without saying so, in which case yauzl takes them for an old code page. */
function nameOf(entry: yauzl.Entry): string {
  const repeated = entry.extraFields.some(({ id }) => id === UNICODE_PATH);
  return repeated || !isUtf8(entry.fileNameRaw) ? entry.fileName : entry.fileNameRaw.toString('utf8');
}
