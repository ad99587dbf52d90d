import path from 'node:path';
import type { AvailableRuntime, UnavailableRuntime } from '../runtimes.ts';
import { runtimesDirectory, versionId } from './interpreter.ts';

/**
 * Runs any program named `bootstrap`; what serves the Runtime API to it is a process of Node.js in the same sandbox.
 * @param system `al2023` for `provided.al2023`. Both are the machine's own distribution.
 */
export function findProvided(
  system: string,
  nodejs: AvailableRuntime | UnavailableRuntime,
): AvailableRuntime | UnavailableRuntime {
  const name = `provided.${system}`;
  if (!('entry' in nodejs)) return { name, remedy: nodejs.remedy };
  return {
    name,
    directory: path.join(runtimesDirectory, 'provided'),
    interpreterDirectory: nodejs.interpreterDirectory,
    // The memory is the function's, so as little as possible is taken of it.
    command: ['node', '--max-semi-space-size=1', '--initial-heap-size=4'],
    entry: 'index.cjs',
    version: nodejs.version.replace(/^nodejs:\d+/, `provided:${system}`),
    versionId: versionId(`${name}/${nodejs.versionId}`),
    variables: {},
    // None: what starts with the environment is not the function's program, which gets all of them.
    startVariables: /(?!)/,
  };
}
