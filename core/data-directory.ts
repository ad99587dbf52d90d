import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/** The data directory cannot be used; the message says why and is meant for whoever starts the worker. */
export class DataDirectoryError extends Error {
  override readonly name = 'DataDirectoryError';
}

/** A data directory that is this process's alone until `release`. */
export interface DataDirectory {
  /** The registry's file. */
  registry: string;
  /** The file of the key that everything secret is encrypted under. */
  masterKey: string;
  /** Private directory of the zips. */
  packages: string;
  /** Directory of the unpacked packages: sandboxes' users pass through it, but cannot list it. */
  code: string;
  release(): void;
}

/**
 * Creates and locks a data directory. The lock is the operating system's, on an empty SQLite file, so it ends
 * with the process however that ends.
 * @throws DataDirectoryError when another process holds it, or it cannot be written.
 */
export function lockDataDirectory(directory: string): DataDirectory {
  try {
    makeDirectory(directory, 0o711);
    const release = takeLock(path.join(directory, 'lock.db'));
    const registry = path.join(directory, 'registry.db');
    const packages = makeDirectory(path.join(directory, 'packages'), 0o700);
    const code = makeDirectory(path.join(directory, 'code'), 0o711);
    const masterKey = path.join(directory, 'master.key');
    return { registry, masterKey, packages, code, release };
  } catch (error) {
    if (error instanceof DataDirectoryError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataDirectoryError(`The data directory ${directory} cannot be used: ${reason}`, {
      cause: error,
    });
  }
}

/** Independent of the umask, and also for a directory that is already there. */
function makeDirectory(directory: string, mode: number): string {
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, mode);
  return directory;
}

/** Garbage collection would close a lock that nothing refers to, and so give it up. */
const held = new Set<Database.Database>();

function takeLock(file: string): () => void {
  // Only SQLite may open this file: a process gives its locks on a file up by closing it, whoever opened it.
  const lock = new Database(file, { timeout: 0 });
  try {
    chmodSync(file, 0o600);
    lock.exec('BEGIN EXCLUSIVE');
    held.add(lock);
    return () => {
      lock.close();
      held.delete(lock);
    };
  } catch (error) {
    lock.close();
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
    throw new DataDirectoryError(
      `Another Hearth is running on the data directory ${path.dirname(file)}. ` +
        'Stop it first, or start this one with another HEARTH_DATA_DIR.',
    );
  }
}
