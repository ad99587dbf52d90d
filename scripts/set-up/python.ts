import { readdirSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from './packages.ts';
import { run } from './run.ts';
import { type Outcome, onceFor, root } from './steps.ts';

const source = 'runtimes/python';

/**
 * Compiles the modules of the Python runtime, for every Python here: environments see the folder read-only, so each
 * of them would compile them for itself alone.
 */
export async function compilePythonRuntime(): Promise<Outcome> {
  const modules = readdirSync(path.join(root, source)).filter((name) => name.endsWith('.py'));
  const sources = modules.map((name) => `${source}/${name}`);
  return onceFor(`${source}/__pycache__/.stamp`, sources, async () => {
    for (const minor of [10, 11, 12, 13, 14, 15]) {
      const interpreter = findProgram(`python3.${minor}`);
      // A version manager has names for interpreters that it does not have.
      if (interpreter) await run([interpreter, '-m', 'compileall', '-q', source]).catch(() => {});
    }
  });
}
