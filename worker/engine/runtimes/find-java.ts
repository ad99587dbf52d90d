import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { AvailableRuntime, UnavailableRuntime } from '../runtimes.ts';
import { findPrograms, runtimesDirectory, versionId } from './interpreter.ts';

interface VirtualMachine {
  home: string;
  major: number;
  /** Such as `17.0.15`. */
  version: string;
}

const distributionDirectory = '/usr/lib/jvm';
/** What `npm start` makes of `runtimes/java/src` where there is a compiler. */
const builtDirectory = path.join(runtimesDirectory, 'java/build');
/** As on Lambda; the rest is for what a virtual machine needs beside its heap, at least `reservedMegabytes`. */
const heapShare = 0.85;
const reservedMegabytes = 80;
/** Settings that the distribution keeps elsewhere, and links to. */
const linkedFiles = ['lib/jvm.cfg', 'lib/security/cacerts', 'conf/net.properties'];

/**
 * Runs on the oldest virtual machine that is new enough.
 * @param major 21 for `java21`.
 */
export function findJava(major: number): AvailableRuntime | UnavailableRuntime {
  const name = `java${major}`;
  const machine = findVirtualMachines().find((candidate) => candidate.major >= major);
  if (!machine || !existsSync(path.join(builtDirectory, 'hearth.jar'))) {
    return {
      name,
      remedy: `Install a JDK ${major} (Debian: openjdk-${major}-jdk-headless), and start Hearth again.`,
    };
  }
  const { home, version } = machine;
  return {
    name,
    directory: builtDirectory,
    interpreterDirectory: path.join(home, 'bin'),
    directories: { '/var/lang/lib': path.join(home, 'lib'), '/var/lang/conf': path.join(home, 'conf') },
    etcDirectories: linkedEtcDirectories(home),
    processVariables: { LC_CTYPE: 'C.UTF-8' },
    memoryVariables: (megabytes) => ({ JDK_JAVA_OPTIONS: `-Xmx${heapMegabytes(megabytes)}m` }),
    command: [
      'java',
      // Started for one function and soon ended: what the server compiler gains comes too late.
      ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-XX:-UsePerfData'],
      ...['-Dfile.encoding=UTF-8', '-jar'],
    ],
    entry: 'hearth.jar',
    version: `java:${major}.v${version.split('.').at(-1)}`,
    versionId: versionId(`${name}/${version}`),
    variables: { AWS_EXECUTION_ENV: `AWS_Lambda_${name}` },
    // All: child processes and native code only ever see what a virtual machine was started with.
    startVariables: /^/,
  };
}

function heapMegabytes(memoryMegabytes: number): number {
  return Math.floor(Math.min(memoryMegabytes * heapShare, memoryMegabytes - reservedMegabytes));
}

/** Every virtual machine of this computer, the oldest first. */
function findVirtualMachines(): VirtualMachine[] {
  const homes = [
    ...entriesOf(distributionDirectory).map((entry) => path.join(distributionDirectory, entry)),
    ...(process.env.JAVA_HOME ? [process.env.JAVA_HOME] : []),
    ...findPrograms('java').map((program) => path.dirname(path.dirname(program))),
  ].flatMap((home) => realPath(home) ?? []);
  return [...new Set(homes)].flatMap(describe).sort((one, other) => one.major - other.major);
}

function describe(home: string): VirtualMachine[] {
  try {
    const release = readFileSync(path.join(home, 'release'), 'utf8');
    const version = /^JAVA_VERSION="([^"]+)"/m.exec(release)?.[1];
    if (!version || !existsSync(path.join(home, 'bin/java'))) return [];
    return [{ home, version, major: Number.parseInt(version, 10) }];
  } catch {
    return [];
  }
}

/** Directories below `/etc` that files of a virtual machine are links to. */
function linkedEtcDirectories(home: string): string[] {
  const targets = linkedFiles.flatMap((file) => realPath(path.join(home, file)) ?? []);
  const directories = targets
    .filter((target) => target.startsWith('/etc/'))
    .map((target) => path.dirname(target));
  return [...new Set(directories)];
}

function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}

function realPath(file: string): string | null {
  try {
    return realpathSync(file);
  } catch {
    return null;
  }
}
