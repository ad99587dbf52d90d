import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the namespace shows directories of the host; nobody outside it sees this place. */
const root = '/run/hearth';

/**
 * Lives as long as the worker keeps its standard input open. Everything that it makes exists in its own namespace
 * only, so that nothing has to be undone after a crash. Propagation of `shared` lets a package that is mounted later
 * appear in running sandboxes.
 */
const script = `
set -e
mount -t tmpfs -o mode=0755,size=1m hearth /run
mkdir -m 0711 ${root}
for bind in "$@"; do
  target=${root}/\${bind%%=*}
  mkdir "$target"
  mount --bind "\${bind#*=}" "$target"
  mount -o remount,bind,ro,nosuid,nodev "$target"
done
mount --make-shared ${root}/environments
echo ready
exec cat
`;

/**
 * A mount namespace for the sandboxes of a worker that is root. Every environment has a user id of its own, which
 * could not pass through directories such as /root; here it finds what it needs below one place.
 */
export class MountNamespace {
  readonly #holder: ChildProcess;

  private constructor(holder: ChildProcess) {
    this.#holder = holder;
  }

  /**
   * @param binds directories of the host by the name that they get; `environments` must be one of them.
   * @throws Error when the kernel refuses, with its reason.
   */
  static async open(binds: Readonly<Record<string, string>>): Promise<MountNamespace> {
    const pairs = Object.entries(binds).map(([name, directory]) => `${name}=${directory}`);
    const holder = spawn(
      'unshare',
      ['--mount', '--propagation', 'private', '--', '/bin/sh', '-c', script, 'sh', ...pairs],
      { stdio: ['pipe', 'pipe', 'pipe'], detached: true },
    );
    let complaint = '';
    holder.stderr.on('data', (chunk) => {
      complaint += chunk;
    });
    await new Promise<void>((resolve, reject) => {
      holder.once('error', reject);
      holder.once('close', () => reject(new Error(complaint.trim() || 'unshare ended without a word')));
      holder.stdout.once('data', () => resolve());
    });
    holder.removeAllListeners('close');
    holder.stdin.on('error', () => {});
    holder.unref();
    return new MountNamespace(holder);
  }

  /** The directory of the namespace that shows the directory bound as `name`. */
  path(name: string, ...rest: string[]): string {
    return [root, name, ...rest].join('/');
  }

  /** Command that enters the namespace as a user id, without any group of the host. */
  enterAs(userId: number): string[] {
    return ['nsenter', this.#flag(), `--setuid=${userId}`, `--setgid=${userId}`, '--'];
  }

  /** Shows `source` at `target`, both paths of the namespace, with the mount options of `source`. */
  async mount(source: string, target: string): Promise<void> {
    await run('nsenter', [this.#flag(), '--', 'mount', '--bind', source, target]);
  }

  async unmount(target: string): Promise<void> {
    await run('nsenter', [this.#flag(), '--', 'umount', '--lazy', target]);
  }

  /** The namespace vanishes when the last sandbox in it has ended. */
  close(): void {
    this.#holder.kill('SIGKILL');
  }

  #flag(): string {
    return `--mount=/proc/${this.#holder.pid}/ns/mnt`;
  }
}
