import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'vitest';
import { type Answer, frameType, type RuntimeSetUp, TestRuntime } from '../test-runtime.ts';

/** Folder of the runtime's own files. */
export const directory = import.meta.dirname;

/** Starts functions in one version of Python. */
export interface Python {
  minor: number;
  /** Starts a function whose module `app` has the given source; its handler is `app.handler`. */
  start(source: string, more?: Partial<RuntimeSetUp>): ReturnType<typeof TestRuntime.start>;
  /** Starts it, sends one event, ends it. */
  call(source: string, event?: unknown, more?: Partial<RuntimeSetUp>): Promise<Answer>;
}

/** Declares the same tests for every version of Python that this machine has. */
export function describePython(subject: string, declare: (python: Python) => void): void {
  const installed = [10, 11, 12, 13, 14, 15].filter(isInstalled);
  for (const minor of installed)
    describe(`${subject} (python3.${minor})`, () => declare(createPython(minor)));
  if (installed.length === 0) it.skip(`${subject}: no python3.10 to python3.15 on PATH`, () => {});
}

function createPython(minor: number): Python {
  const start = (source: string, more?: Partial<RuntimeSetUp>) =>
    TestRuntime.start({
      command: [`python3.${minor}`, '-S', '-u', '-X', 'utf8', path.join(directory, 'index.py')],
      files: { 'app.py': source },
      handler: 'app.handler',
      ...more,
    });
  return {
    minor,
    start,
    call: async (source, event = {}, more) => {
      const { runtime, init } = await start(source, more);
      await using _ = runtime;
      return init.type === frameType.ready ? await runtime.invoke(event) : init;
    },
  };
}

/** A name on PATH may be a wrapper for an interpreter that is not there. */
function isInstalled(minor: number): boolean {
  try {
    return execFileSync(`python3.${minor}`, ['-c', 'print(1)'], { stdio: 'pipe' }).toString() === '1\n';
  } catch {
    return false;
  }
}
