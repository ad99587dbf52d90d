import { createHash } from 'node:crypto';
import { renameSync } from 'node:fs';
import { readdir, readFile, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import { fullDisk, written } from '../disk-full.ts';
import { writeFileAtomically } from '../files.ts';
import { readBootId } from './boot-id.ts';
import { inspectPackage, type PackageContents } from './inspect-package.ts';
import { mergePackages } from './merge-packages.ts';
import { cannotUnzip } from './package-error.ts';
import { unpackPackage } from './unpack-package.ts';
import type { UnpackOrder } from './unpack-thread.ts';

/** A package that is stored; it cannot be collected before it is disposed of, by when a function should name it. */
export interface StoredPackage extends Disposable {
  /** Lower-case hexadecimal, of the zip. */
  codeSha256: string;
  /** Bytes of the zip. */
  codeSize: number;
  /** Bytes of all files in it. */
  unzippedSize: number;
  fileCount: number;
}

/** What the code store is built from. */
export interface CodeStoreOptions {
  /** Private directory of the zips. */
  packages: string;
  /** Directory of the unpacked packages. */
  code: string;
  clock: Clock;
  uuid(): string;
  /** Whether any function runs that package. */
  isReferenced(codeSha256: string): Promise<boolean>;
  reportError(error: unknown): void;
}

/** Packages above either are unpacked in a thread of their own, for invocations not to wait. */
const INLINE = { bytes: 1024 * 1024, files: 64 };

/** Bytes of the disk that packages leave to the registry, so that functions can still be deleted when it is full. */
const HEADROOM = 8 * 1024 * 1024;

/**
 * How long a package outlives the last function that named it, in milliseconds: whoever resolved that function
 * just before has long placed its code in an environment by then.
 */
const GRACE = 60_000;

/**
 * Packages by the SHA-256 of their zip. The zip is synced and is the truth; the unpacked directory appears in one
 * rename, is made again from the zip when missing, and is trusted only until the machine restarts, because its
 * files are not synced one by one.
 */
export class CodeStore {
  readonly #options: CodeStoreOptions;
  readonly #unpacked = new Set<string>();
  readonly #holds = new Map<string, number>();
  /** Packages being written, so that each is written once. */
  readonly #writing = new Map<string, Promise<void>>();
  /** Packages that may be unreferenced, and from when on they may go. */
  readonly #candidates = new Map<string, number>();
  readonly #background = new Set<Promise<void>>();
  /** Directories of several packages merged, by name, and the packages in them. Made again after a restart. */
  readonly #merges = new Map<string, readonly string[]>();

  private constructor(options: CodeStoreOptions) {
    this.#options = options;
  }

  /** Opens the store and removes what a crash left behind and what is not among `referenced`. */
  static async open(options: CodeStoreOptions, referenced: ReadonlySet<string>): Promise<CodeStore> {
    const store = new CodeStore(options);
    const bootFile = path.join(options.packages, 'boot-id');
    const boot = await readBootId();
    const sameBoot = (await readFile(bootFile, 'utf8').catch(() => '')) === boot;
    const zips = new Set<string>();
    for (const name of await readdir(options.packages)) {
      const codeSha256 = path.basename(name, '.zip');
      if (name.endsWith('.zip') && referenced.has(codeSha256)) zips.add(codeSha256);
      else if (name !== 'boot-id') store.#remove(path.join(options.packages, name));
    }
    for (const name of await readdir(options.code)) {
      if (sameBoot && zips.has(name)) store.#unpacked.add(name);
      else store.#remove(path.join(options.code, name));
    }
    if (!sameBoot) await writeFileAtomically(bootFile, Buffer.from(boot), 0o600);
    return store;
  }

  /** The zip of a stored package. */
  zipFile(codeSha256: string): string {
    return path.join(this.#options.packages, `${codeSha256}.zip`);
  }

  /** The unpacked package, which nobody may write to. `unpack` makes sure that it is there. */
  directory(codeSha256: string): string {
    return path.join(this.#options.code, codeSha256);
  }

  /**
   * Checks, keeps and unpacks a zip; when this returns, it outlasts a crash.
   * @throws ServiceError InvalidParameterValueException, RequestEntityTooLargeException,
   *   CodeStorageExceededException when the disk is full.
   */
  async store(zip: Buffer<ArrayBuffer>): Promise<StoredPackage> {
    const contents = await inspectPackage(zip);
    const codeSha256 = Buffer.from(await crypto.subtle.digest('SHA-256', zip)).toString('hex');
    const hold = this.#hold(codeSha256);
    this.#candidates.delete(codeSha256);
    try {
      const keep = () => writeFileAtomically(this.zipFile(codeSha256), zip, 0o600);
      await this.#write(codeSha256, async () => {
        await this.#checkRoom(zip.length + contents.unzippedSize);
        await written(this.#unpack(zip, contents, codeSha256, keep));
      });
    } catch (error) {
      hold[Symbol.dispose]();
      throw error;
    }
    const { unzippedSize, files } = contents;
    return { codeSha256, codeSize: zip.length, unzippedSize, fileCount: files.length, ...hold };
  }

  /** Makes sure that a stored package is unpacked. */
  async unpack(codeSha256: string): Promise<void> {
    using _ = this.#hold(codeSha256);
    await this.#write(codeSha256, async () => {
      const zip = await readFile(this.zipFile(codeSha256));
      await written(this.#unpack(zip, await inspectPackage(zip), codeSha256));
    });
  }

  /**
   * Merges stored packages into one directory, later ones over earlier ones; a single one is its own.
   * It lasts as long as all of the packages.
   * @returns the directory; null for no packages.
   */
  async merge(codeSha256s: readonly string[]): Promise<string | null> {
    for (const codeSha256 of codeSha256s) await this.unpack(codeSha256);
    if (codeSha256s.length <= 1) return codeSha256s[0] === undefined ? null : this.directory(codeSha256s[0]);
    const name = `merge-${createHash('sha256').update(codeSha256s.join()).digest('hex')}`;
    const holds = codeSha256s.map((codeSha256) => this.#hold(codeSha256));
    try {
      await this.#write(name, async () => {
        const directory = this.directory(name);
        const temporary = this.#temporary(directory);
        const sources = codeSha256s.map((codeSha256) => this.directory(codeSha256));
        await written(mergePackages(sources, temporary)).catch(async (error: unknown) => {
          await rm(temporary, { recursive: true, force: true });
          throw error;
        });
        renameSync(temporary, directory);
        this.#unpacked.add(name);
        this.#merges.set(name, codeSha256s);
      });
    } finally {
      for (const hold of holds) hold[Symbol.dispose]();
    }
    return this.directory(name);
  }

  /**
   * Takes note that a function stopped naming a package, and removes, in the background, those that nobody has named
   * for a while.
   */
  releaseSoon(codeSha256: string): void {
    this.#inBackground(this.#release(codeSha256));
  }

  async #release(codeSha256: string): Promise<void> {
    const now = this.#options.clock.now();
    this.#candidates.set(codeSha256, now + GRACE);
    const due = [...this.#candidates].filter(([, time]) => time <= now);
    for (const [candidate, time] of due) {
      const referenced = await this.#options.isReferenced(candidate);
      // It may have been stored while the registry was asked, in which case it is no candidate any more. From here
      // on nothing is awaited: whoever stores it next finds it gone.
      if (this.#candidates.get(candidate) !== time || this.#holds.has(candidate)) continue;
      this.#candidates.delete(candidate);
      if (referenced) continue;
      for (const [name, packages] of this.#merges) {
        if (!packages.includes(candidate)) continue;
        this.#merges.delete(name);
        this.#unpacked.delete(name);
        this.#remove(this.directory(name));
      }
      if (this.#unpacked.delete(candidate)) this.#remove(this.directory(candidate));
      this.#remove(this.zipFile(candidate));
    }
  }

  /** Waits for removals in the background. */
  async close(): Promise<void> {
    while (this.#background.size > 0) await Promise.all(this.#background);
  }

  async #checkRoom(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.#options.packages);
    if (bavail * bsize < bytes + HEADROOM) throw fullDisk();
  }

  #hold(codeSha256: string): Disposable {
    this.#holds.set(codeSha256, (this.#holds.get(codeSha256) ?? 0) + 1);
    let held = true;
    const release = () => {
      if (!held) return;
      held = false;
      const others = (this.#holds.get(codeSha256) ?? 1) - 1;
      if (others === 0) this.#holds.delete(codeSha256);
      else this.#holds.set(codeSha256, others);
    };
    return { [Symbol.dispose]: release };
  }

  /** Runs `work` unless the package is there already; everybody who asks meanwhile waits for the same work. */
  async #write(codeSha256: string, work: () => Promise<void>): Promise<void> {
    if (this.#unpacked.has(codeSha256)) return;
    let writing = this.#writing.get(codeSha256);
    if (!writing) {
      writing = work().finally(() => this.#writing.delete(codeSha256));
      this.#writing.set(codeSha256, writing);
    }
    await writing;
  }

  /** Unpacks under a temporary name; `commit` runs once the data has proved right, before the rename. */
  async #unpack(
    zip: Buffer,
    contents: PackageContents,
    codeSha256: string,
    commit?: () => Promise<void>,
  ): Promise<void> {
    const temporary = this.#temporary(this.directory(codeSha256));
    try {
      await unpackWhereFitting({ zip, contents, directory: temporary });
      await commit?.();
      renameSync(temporary, this.directory(codeSha256));
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      throw error;
    }
    this.#unpacked.add(codeSha256);
  }

  #temporary(name: string): string {
    return `${name}.${this.#options.uuid()}.tmp`;
  }

  /** Takes a file or directory out of sight at once and frees its room in the background. */
  #remove(name: string): void {
    const doomed = name.endsWith('.tmp') ? name : this.#temporary(name);
    try {
      if (doomed !== name) renameSync(name, doomed);
    } catch (error) {
      this.#options.reportError(error);
      return;
    }
    this.#inBackground(rm(doomed, { recursive: true, force: true }));
  }

  #inBackground(work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => this.#options.reportError(error))
      .finally(() => this.#background.delete(done));
    this.#background.add(done);
  }
}

async function unpackWhereFitting(order: UnpackOrder): Promise<void> {
  const { zip, contents, directory } = order;
  try {
    if (contents.unzippedSize <= INLINE.bytes && contents.files.length <= INLINE.files) {
      unpackPackage(zip, contents, directory);
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    new Worker(new URL('./unpack-thread.ts', import.meta.url), { workerData: order })
      .once('error', reject)
      .once('exit', () => resolve());
    await promise;
  } catch (error) {
    // What the disk says has a system call; everything else is the zip's fault.
    if (!(error instanceof Error) || 'syscall' in error) throw error;
    throw cannotUnzip(error);
  }
}
