import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder `runtimes/`. */
export const runtimesDirectory = fileURLToPath(new URL('../../../runtimes', import.meta.url));

const answerMilliseconds = 5000;
const elfMagic = '\x7fELF';

/**
 * Programs of that name, the distribution's own first, then those on PATH. Only real programs: a script of that name
 * (a version manager's) would look for others that the sandbox does not have.
 */
export function findPrograms(name: string): string[] {
  const directories = ['/usr/bin', ...(process.env.PATH ?? '').split(path.delimiter)];
  const programs = directories.flatMap((directory) => programAt(path.join(directory, name)) ?? []);
  return [...new Set(programs)];
}

const answers = new Map<string, string | null>();

/** What a program prints on a single line, or null when it does not run. Asked once only. */
export function ask(program: string, args: readonly string[]): string | null {
  const key = [program, ...args].join('\0');
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = run(program, args);
  answers.set(key, answer);
  return answer;
}

function run(program: string, args: readonly string[]): string | null {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: answerMilliseconds,
    }).trim();
  } catch {
    return null;
  }
}

/** Names the exact version of a runtime in its ARN. */
export function versionId(version: string): string {
  return createHash('sha256').update(version).digest('hex');
}

function programAt(file: string): string | null {
  try {
    const real = realpathSync(file);
    const descriptor = openSync(real, 'r');
    const start = Buffer.alloc(elfMagic.length);
    readSync(descriptor, start);
    closeSync(descriptor);
    return start.toString('latin1') === elfMagic ? real : null;
  } catch {
    return null;
  }
}
