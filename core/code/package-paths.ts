import { limits } from '../limits.ts';
import { cannotUnzip } from './package-error.ts';

/** Longest name in a directory, in bytes; Linux's NAME_MAX. */
const NAME_BYTES = 255;

/** Control characters, the backslash, and what stands for bytes that are not UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose.
const ODD_CHARACTERS = /[\u0000-\u001f\u007f\\\ufffd]/;

/** The tree that a package's entries name, as they are added one by one; refuses what is odd or contradictory. */
export class PackagePaths {
  readonly #kinds = new Map<string, 'file' | 'directory' | 'parent'>();

  /** Directories named or implied, parents before children. */
  get directories(): string[] {
    return [...this.#kinds].filter(([, kind]) => kind !== 'file').map(([path]) => path);
  }

  /** @throws ServiceError InvalidParameterValueException. */
  addFile(path: string): void {
    this.#addParents(path);
    if (this.#kinds.has(path)) throw cannotUnzip(`two entries named ${path}`);
    this.#kinds.set(path, 'file');
  }

  /**
   * @param path without the slash at its end.
   * @throws ServiceError InvalidParameterValueException.
   */
  addDirectory(path: string): void {
    this.#addParents(path);
    const kind = this.#kinds.get(path);
    if (kind === 'file' || kind === 'directory') throw cannotUnzip(`two entries named ${path}`);
    this.#kinds.set(path, 'directory');
  }

  #addParents(path: string): void {
    checkPath(path);
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      const parent = path.slice(0, slash);
      const kind = this.#kinds.get(parent);
      if (kind === 'file') throw cannotUnzip(`${parent} is a file and a directory`);
      if (kind === undefined) this.#kinds.set(parent, 'parent');
    }
  }
}

function checkPath(path: string): void {
  const odd =
    Buffer.byteLength(path) > limits.codePathBytes ||
    ODD_CHARACTERS.test(path) ||
    /^[A-Za-z]:/.test(path) ||
    path.split('/').some((name) => name === '' || name === '.' || name === '..' || tooLong(name));
  if (odd) throw cannotUnzip(`the name ${JSON.stringify(path)}`);
}

function tooLong(name: string): boolean {
  return Buffer.byteLength(name) > NAME_BYTES;
}
