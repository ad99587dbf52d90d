import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { CreateFunctionCommandInput } from '@aws-sdk/client-lambda';
import { type Zippable, zipSync } from 'fflate';

const run = promisify(execFile);
const examplesDirectory = path.resolve(import.meta.dirname, '../../examples');

/** The earliest time that a zip can hold: the same sources must give the same bytes. */
const zipTime = new Date(1980, 0, 1);

/** What an example's `function.json` holds: CreateFunction's input without its code. */
export type FunctionDefinition = Omit<CreateFunctionCommandInput, 'Code' | 'FunctionName'> & {
  FunctionName: string;
};

export interface PackedExample {
  definition: FunctionDefinition;
  zip: Uint8Array;
  /** The JSON text of `event.json`. */
  event: string;
  /** Absolute path of the example's folder, where its other events are. */
  directory: string;
}

/** The folders of `examples/`, sorted. */
export const exampleNames: readonly string[] = readdirSync(examplesDirectory)
  .filter((name) => existsSync(path.join(examplesDirectory, name, 'function.json')))
  .sort();

/**
 * Installs an example's production dependencies and packs what its `package.json` lists under `files`, with its
 * `node_modules`. The zip is deterministic.
 * @throws when npm fails.
 */
export async function packExample(name: string): Promise<PackedExample> {
  const directory = path.join(examplesDirectory, name);
  const manifest: { files: string[]; scripts?: Record<string, string> } = readJson(directory, 'package.json');
  await installDependencies(directory);
  if (manifest.scripts?.event) await run('npm', ['run', '--silent', 'event'], { cwd: directory });
  const files: Zippable = {};
  for (const entry of ['package.json', ...manifest.files]) add(files, directory, entry);
  if (existsSync(path.join(directory, 'node_modules'))) add(files, directory, 'node_modules');
  return {
    definition: readJson(directory, 'function.json'),
    zip: zipSync(files, { level: 6 }),
    event: readFileSync(path.join(directory, 'event.json'), 'utf8'),
    directory,
  };
}

/** Runs `npm ci` when `node_modules` does not come from this lockfile. */
async function installDependencies(directory: string): Promise<void> {
  const lockfile = path.join(directory, 'package-lock.json');
  if (!existsSync(lockfile)) return;
  const stamp = path.join(directory, 'node_modules/.installed');
  const wanted = createHash('sha256').update(readFileSync(lockfile)).update(process.arch).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  // Native packages must be those of the sandbox, whatever the machine's own C library is.
  const platform = ['--os=linux', `--cpu=${process.arch}`, '--libc=glibc'];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-bin-links', ...platform, ...quiet], {
    cwd: directory,
  });
  writeFileSync(stamp, wanted);
}

function add(files: Zippable, directory: string, entry: string): void {
  const absolute = path.join(directory, entry);
  const stats = statSync(absolute);
  if (stats.isDirectory()) {
    const children = readdirSync(absolute).filter((child) => !child.startsWith('.'));
    for (const child of children.sort()) add(files, directory, `${entry}/${child}`);
  } else {
    const mode = stats.mode & 0o111 ? 0o100755 : 0o100644;
    files[entry] = [readFileSync(absolute), { mtime: zipTime, os: 3, attrs: mode * 0x10000 }];
  }
}

function readJson<T>(directory: string, file: string): T {
  return JSON.parse(readFileSync(path.join(directory, file), 'utf8')) as T;
}
