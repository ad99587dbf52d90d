import { workerData } from 'node:worker_threads';
import type { PackageContents } from './inspect-package.ts';
import { unpackPackage } from './unpack-package.ts';

/** What the thread is given; it ends when the package is unpacked, with an error when it cannot be. */
export interface UnpackOrder {
  zip: Uint8Array;
  contents: PackageContents;
  directory: string;
}

const { zip, contents, directory } = workerData as UnpackOrder;
unpackPackage(zip, contents, directory);
