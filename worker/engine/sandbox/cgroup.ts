import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** The control group of one environment: limits on its whole process tree, and what it used. */
export interface Cgroup {
  /** The first process of the tree writes `0` to `cgroup.procs` in each, before it becomes the sandbox. */
  readonly directories: readonly string[];
  limitMemory(bytes: number): void;
  limitCpu(cores: number): void;
  peakMemoryBytes(): number;
  /** How many processes the kernel killed because the memory limit was reached. */
  outOfMemoryKills(): number;
  /** Kills every process of the tree that is still there and removes the directories. */
  remove(): Promise<void>;
}

/** The control groups of one worker. */
export interface CgroupHierarchy {
  /** What is used and where, for the isolation report. */
  readonly description: string;
  create(environmentId: string): Cgroup;
  /** Ends and removes all groups of environments: also those that a killed worker of the same instance left. */
  removeEnvironments(): Promise<void>;
  /** Removes the hierarchy itself. */
  remove(): Promise<void>;
}

/** Processes and threads of an environment (AWS: 1,024), and a few for the sandbox's own. */
export const maxTasks = 1024 + 8;
/** Length of an accounting period of the CPU limit. */
export const cpuPeriodMicroseconds = 100_000;

/** A file of the control group file system, kept open because it is read after every invocation. */
export class CounterFile {
  readonly #descriptor: number;
  readonly #buffer = Buffer.alloc(512);

  constructor(file: string) {
    this.#descriptor = openSync(file, 'r');
  }

  read(): string {
    return this.#buffer.toString(
      'latin1',
      0,
      readSync(this.#descriptor, this.#buffer, 0, this.#buffer.length, 0),
    );
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

export function write(directory: string, file: string, value: string | number): void {
  writeFileSync(path.join(directory, file), String(value));
}

/** Writes where an older kernel may lack the file. */
export function writeIfPresent(directory: string, file: string, value: string | number): void {
  try {
    write(directory, file, value);
  } catch {
    // The limit that matters is set by another file.
  }
}

export function makeDirectories(directories: readonly string[]): void {
  for (const directory of directories) mkdirSync(directory, { recursive: true });
}

export async function removeChildren(directory: string): Promise<void> {
  await Promise.all(childrenOf(directory).map((child) => removeCgroup(path.join(directory, child))));
}

/** Kills what is in the directory and removes it, its children first; the kernel needs a moment to let go of both. */
export async function removeCgroup(directory: string): Promise<void> {
  await removeChildren(directory);
  for (let waitMilliseconds = 1; waitMilliseconds < 4096; waitMilliseconds *= 2) {
    try {
      rmdirSync(directory);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EBUSY') return;
    }
    for (const id of processesOf(directory)) kill(id);
    await new Promise((resolve) => setTimeout(resolve, waitMilliseconds));
  }
}

function childrenOf(directory: string): string[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch {
    return [];
  }
}

function processesOf(directory: string): number[] {
  try {
    return readFileSync(path.join(directory, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
