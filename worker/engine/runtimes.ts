import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { findJava } from './runtimes/find-java.ts';
import { findProvided } from './runtimes/find-provided.ts';
import { findPython } from './runtimes/find-python.ts';
import { findRuby } from './runtimes/find-ruby.ts';
import { runtimesDirectory, versionId } from './runtimes/interpreter.ts';

/** A runtime that this machine can start. */
export interface AvailableRuntime {
  /** AWS's identifier, such as `nodejs24.x`. */
  name: string;
  /** Folder of `runtimes/`, seen as `/var/runtime`. */
  directory: string;
  /** Directory of the interpreter, seen as `/var/lang/bin`. */
  interpreterDirectory: string;
  /** Other directories that the interpreter needs, by where the sandbox shows them. */
  directories?: Readonly<Record<string, string>>;
  /** Directories of the machine's `/etc` that the interpreter needs; sandboxes see copies. */
  etcDirectories?: readonly string[];
  /** Environment variables that the interpreter must find when it starts. */
  processVariables?: Readonly<Record<string, string>>;
  /** The same, where they depend on the function's memory: its environments are not started ahead of need then. */
  memoryVariables?: (memoryMegabytes: number) => Readonly<Record<string, string>>;
  /** File name of the interpreter, then its arguments up to the runtime's entry file. */
  command: readonly [executable: string, ...flags: string[]];
  /** File of `directory` that the interpreter runs. */
  entry: string;
  /** As in the log line INIT_START: `nodejs:24.v21`. */
  version: string;
  /** 64 hexadecimal digits that name the exact version in its ARN. */
  versionId: string;
  /** Environment variables that only this runtime sets. */
  variables: Readonly<Record<string, string>>;
  /** Configured variables that have no effect once the interpreter runs. */
  startVariables: RegExp;
}

/** A runtime that Hearth knows and this machine lacks. */
export interface UnavailableRuntime {
  name: string;
  /** What to do about it. */
  remedy: string;
}

const require = createRequire(import.meta.url);

/** Every runtime that Hearth knows, by name; the last is the one that new functions most likely have. */
export function findRuntimes(): Map<string, AvailableRuntime | UnavailableRuntime> {
  const runtimes = [
    ...[10, 11, 12, 13, 14, 15].map(findPython),
    ...['3.3', '3.4', '4.0'].map(findRuby),
    ...[17, 21, 25].map(findJava),
    ...['al2', 'al2023'].map((system) => findProvided(system, findNodejs(24))),
    ...[22, 24].map(findNodejs),
  ];
  return new Map(runtimes.map((runtime) => [runtime.name, runtime]));
}

function findNodejs(major: number): AvailableRuntime | UnavailableRuntime {
  const name = `nodejs${major}.x`;
  const packageName = `node${major}-linux-${process.arch}`;
  const manifest = resolveOrNull(`${packageName}/package.json`);
  if (!manifest || !existsSync(path.join(path.dirname(manifest), 'bin/node'))) {
    return { name, remedy: `Install it with: npm install ${packageName}` };
  }
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return {
    name,
    directory: path.join(runtimesDirectory, 'nodejs'),
    interpreterDirectory: path.join(path.dirname(manifest), 'bin'),
    // V8 sizes its heap by the machine's memory, not the function's: begin small. The runtime sets how it grows.
    command: ['node', '--initial-heap-size=32', '--min-semi-space-size=8'],
    entry: 'index.cjs',
    version: `nodejs:${major}.v${version.split('.')[1]}`,
    versionId: versionId(`${name}/${version}`),
    variables: {
      AWS_EXECUTION_ENV: `AWS_Lambda_${name}`,
      NODE_PATH: `/opt/nodejs/node${major}/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task`,
    },
    startVariables: /^(NODE_(?!PATH$|ENV$)|UV_|LD_|LC_|LANG$|OPENSSL_|SSL_CERT_|MALLOC_|GLIBC_)/,
  };
}

function resolveOrNull(specifier: string): string | null {
  try {
    return require.resolve(specifier);
  } catch {
    return null;
  }
}
