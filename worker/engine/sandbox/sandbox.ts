import type { Duplex, Readable } from 'node:stream';
import type { AvailableRuntime } from '../runtimes.ts';

/** How an execution environment's process ended: by itself with a code, or by a signal. */
export type Exit = { code: number } | { signal: string };

/** What a sandbox is started with; nothing of it can be changed later. */
export interface SandboxSpec {
  /** Unique among all environments, also as a directory name. */
  id: string;
  runtime: AvailableRuntime;
  /** Size of `/tmp`. */
  temporaryStorageMegabytes: number;
  /** Environment variables that the interpreter must find when it starts; all others come by the link. */
  variables: Readonly<Record<string, string>>;
  /** What `/var/task` shows from the start; null: `placeCode` will say. */
  codeDirectory: string | null;
  /** What `/opt` shows from the start, where `codeDirectory` is not null; null: nothing. */
  layersDirectory: string | null;
  /** Whether nobody waits for it yet, so that the runtime may take its time to prepare for a fast first invocation. */
  aheadOfNeed: boolean;
}

/** A directory of the host, and how many files it holds. */
export interface PlacedDirectory {
  directory: string;
  fileCount: number;
}

/** A started process tree that knows nothing of its function yet. */
export interface Sandbox {
  /** Where the process finds its code. */
  readonly taskRoot: string;
  /** The worker's end of the link. */
  readonly link: Duplex;
  /** Standard output and standard error, in the order in which they were written. */
  readonly output: Readable;
  /** Fulfilled when no process is left and everything written has been read. Never rejected. */
  readonly exited: Promise<Exit>;
  /** Makes a package visible at `taskRoot`, and merged layers at `/opt`, read only. */
  placeCode(code: PlacedDirectory, layers: PlacedDirectory | null): Promise<void>;
  /** Limits the whole tree; set when a function is assigned. */
  limitMemory(megabytes: number): void;
  /** Limits the whole tree; set after initialization, which runs at full speed. */
  limitCpu(cores: number): void;
  /** Highest memory use of the tree since it started, or null when only the runtime can tell. */
  peakMemoryBytes(): number | null;
  /** Whether the kernel (or the worker in its place) killed a process for its memory use. */
  ranOutOfMemory(): boolean;
  /** Ends every process at once. */
  kill(): void;
}

/** A way to run execution environments. */
export interface SandboxDriver {
  readonly name: 'bubblewrap' | 'process';
  /** Whether `placeCode` is fast for a package of so many files; otherwise start with `codeDirectory`. */
  placesQuickly(fileCount: number): boolean;
  /** Whether someone measures memory from outside the sandbox. */
  readonly measuresMemory: boolean;
  start(spec: SandboxSpec): Sandbox;
  /** Removes what the driver made for itself. */
  close(): Promise<void>;
}
