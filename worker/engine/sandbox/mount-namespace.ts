import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Where the namespace shows directories of the host; nobody outside it sees this place. */
const root = '/run/hearth';

/**
 * Lives as long as the worker keeps its standard input open, and mounts what is asked for there: a pair of lines for
 * each mount, one line for each answer. Everything that it makes exists in its own namespace only, so that nothing has
 * to be undone after a crash. `environments` is shared so that a package that is mounted later appears in sandboxes.
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
set +e
echo ok
while read -r source && read -r target; do
  if [ "$source" ]; then answer=$(mount --bind "$source" "$target" 2>&1)
  else answer=$(umount --lazy "$target" 2>&1); fi && echo ok || echo $answer
done
`;

/**
 * A mount namespace for the sandboxes of a worker that is root. Every environment has a user id of its own, which
 * could not pass through directories such as /root; here it finds what it needs below one place.
 */
export class MountNamespace {
  readonly #holder: ChildProcessByStdio<Writable, Readable, null>;
  /** Who waits for an answer of the holder, in the order of their requests. */
  readonly #asking: ((answer: string) => void)[] = [];

  private constructor(binds: string[]) {
    const holder = spawn(
      'unshare',
      ['--mount', '--propagation', 'private', '--', '/bin/sh', '-c', `exec 2>&1\n${script}`, 'sh', ...binds],
      { stdio: ['pipe', 'pipe', 'inherit'], detached: true },
    );
    this.#holder = holder;
    holder.stdin.on('error', () => {});
    const lines = createInterface(holder.stdout);
    lines.on('line', (line) => this.#asking.shift()?.(line));
    const giveUp = () => {
      for (const answer of this.#asking.splice(0)) answer('it has ended');
    };
    holder.on('error', giveUp);
    lines.on('close', giveUp);
  }

  /**
   * @param binds directories of the host by the name that they get; `environments` must be one of them.
   * @throws Error when the kernel refuses, with its reason.
   */
  static async open(binds: Readonly<Record<string, string>>): Promise<MountNamespace> {
    const pairs = Object.entries(binds).map(([name, directory]) => `${name}=${directory}`);
    const namespace = new MountNamespace(pairs);
    await namespace.#answer();
    return namespace;
  }

  /** The directory of the namespace that shows the directory bound as `name`. */
  path(name: string, ...rest: string[]): string {
    return [root, name, ...rest].join('/');
  }

  /**
   * Command that enters the namespace as a user id, without any group of the host.
   * @param networkFile of a network namespace to enter with it.
   */
  enterAs(userId: number, networkFile?: string): string[] {
    const namespaces = [`--mount=/proc/${this.#holder.pid}/ns/mnt`];
    if (networkFile !== undefined) namespaces.push(`--net=${networkFile}`);
    return ['nsenter', ...namespaces, `--setuid=${userId}`, `--setgid=${userId}`, '--'];
  }

  /**
   * Shows `source` at `target`, both paths of the namespace, with the mount options of `source`.
   * @throws Error with the reason.
   */
  async mount(source: string, target: string): Promise<void> {
    this.#holder.stdin.write(`${source}\n${target}\n`);
    await this.#answer();
  }

  /** @throws Error with the reason. */
  async unmount(target: string): Promise<void> {
    this.#holder.stdin.write(`\n${target}\n`);
    await this.#answer();
  }

  /** The namespace vanishes when the last sandbox in it has ended. */
  close(): void {
    this.#holder.kill('SIGKILL');
  }

  async #answer(): Promise<void> {
    const answer = await new Promise<string>((resolve) => this.#asking.push(resolve));
    if (answer !== 'ok') throw new Error(`The mount namespace refuses: ${answer}`);
  }
}
