import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './run.ts';
import type { Outcome } from './steps.ts';

/** A Debian package and the program by which one sees that it is there. */
export interface DebianPackage {
  name: string;
  program: string;
}

/** What the sandbox of execution environments needs beyond an essential Debian. */
export const sandboxPackages: readonly DebianPackage[] = [{ name: 'bubblewrap', program: 'bwrap' }];

/** What gives functions a way to the internet; without root they have none anyway. */
export const networkPackages: readonly DebianPackage[] = [
  { name: 'iproute2', program: 'ip' },
  { name: 'nftables', program: 'nft' },
];

/** What the browser tests need. */
export const browserPackages: readonly DebianPackage[] = [{ name: 'chromium', program: 'chromium' }];

/**
 * Installs what is missing of `packages` where that is allowed (root on Debian or Ubuntu), and says the exact
 * command where it is not. `otherwise` says what it means to go without.
 */
export async function installPackages(
  packages: readonly DebianPackage[],
  otherwise: string,
): Promise<Outcome> {
  const missing = packages.filter(({ program }) => !findProgram(program)).map(({ name }) => name);
  if (missing.length === 0) return 'ready';
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing];
  if (!isDebian())
    return { warning: `install ${missing.join(', ')} with your package manager. ${otherwise}` };
  if (process.getuid?.() !== 0) return { warning: `run: sudo ${install.join(' ')}. ${otherwise}` };
  try {
    await run(['apt-get', 'update', '-q'], { DEBIAN_FRONTEND: 'noninteractive' });
    await run(install, { DEBIAN_FRONTEND: 'noninteractive' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      warning: `could not install ${missing.join(', ')} (${reason}). Run: ${install.join(' ')}. ${otherwise}`,
    };
  }
  return 'done';
}

/** The absolute path of a program on PATH, or undefined. */
export function findProgram(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((directory) => path.join(directory, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function isDebian(): boolean {
  try {
    return /^(ID|ID_LIKE)=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
