import { spawn } from 'node:child_process';
import { root } from './steps.ts';

/**
 * Runs a command in the checkout and keeps its output to itself.
 * @throws Error with the last lines of that output when the command fails.
 */
export async function run(command: readonly string[], environment: NodeJS.Dict<string> = {}): Promise<void> {
  const [file = '', ...commandArguments] = command;
  const child = spawn(file, commandArguments, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return;
  const tail = Buffer.concat(output).toString().trimEnd().split('\n').slice(-100).join('\n');
  throw new Error(`${command.join(' ')} failed:\n${tail}`);
}
