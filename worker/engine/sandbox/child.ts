import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import type { Exit } from './sandbox.ts';

/** A process with a link: what both drivers start. */
export interface LinkedChild {
  readonly link: Duplex;
  readonly output: Readable;
  readonly exited: Promise<Exit>;
  readonly processId: number;
  kill(): void;
}

/** How long output may stay open after the process itself is gone. */
const outputGraceMilliseconds = 500;
/** What a shell and bubblewrap add to the number of the signal that ended a process. */
const signalOffset = 128;
const signals: ReadonlyMap<number, string> = new Map([
  [6, 'aborted'],
  [4, 'illegal instruction'],
  [7, 'bus error'],
  [8, 'floating point exception'],
  [9, 'killed'],
  [11, 'segmentation fault'],
  [15, 'terminated'],
]);
const signalNumbers: Readonly<Record<string, number>> = { SIGKILL: 9, SIGTERM: 15, SIGABRT: 6, SIGSEGV: 11 };

/**
 * Runs a shell script that becomes the process (`exec`), with the link as its descriptor 3, nothing on its standard
 * input, and standard error where standard output goes. The process group is its own, so that Ctrl-C at the worker's
 * terminal does not reach it.
 * @throws Error when this process has no descriptor left.
 */
export function spawnLinked(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): LinkedChild {
  const child = spawn('/bin/sh', ['-c', `exec 2>&1\n${script}`, 'sh', ...args], {
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
    detached: true,
  });
  const exited = exitOf(child);
  // With no descriptor left these are missing, whatever the types say.
  const link = child.stdio?.[3] as Duplex | undefined;
  const output = child.stdout as Readable | null;
  if (!link || !output || child.pid === undefined) throw new Error('No process can be started.');
  // A broken link shows as the process's end; writing to it meanwhile is no failure of the worker.
  link.on('error', () => {});
  output.on('error', () => {});
  return {
    link,
    output,
    exited,
    processId: child.pid,
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', () => resolve({ code: 127 }));
    child.once('exit', (code, signal) => {
      const exit = toExit(code, signal);
      child.once('close', () => resolve(exit));
      setTimeout(() => resolve(exit), outputGraceMilliseconds).unref();
    });
  });
}

function toExit(code: number | null, signal: NodeJS.Signals | null): Exit {
  const number = signal === null ? (code ?? 0) - signalOffset : signalNumbers[signal];
  const name = signals.get(number ?? 0);
  return name === undefined ? { code: code ?? 1 } : { signal: name };
}
