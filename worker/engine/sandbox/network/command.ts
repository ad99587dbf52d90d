import { execFile } from 'node:child_process';

/** Environment variables of what runs here; a root shell that came from `su` may not look into /usr/sbin. */
export const commandEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin`,
  LC_ALL: 'C',
};

const packages: Readonly<Record<string, string>> = { ip: 'iproute2', nft: 'nftables' };

/**
 * Runs a program of the machine.
 * @returns what it printed.
 * @throws Error with what it complained of, or the package to install.
 */
export function command(program: 'ip' | 'nft', args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      args,
      { env: commandEnvironment, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else if (error.code === 'ENOENT') {
          reject(new Error(`${program} is missing. Install the package "${packages[program]}"`));
        } else reject(new Error(`${program}: ${stderr.trim() || error.message}`));
      },
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
