import { existsSync, lstatSync, mkdirSync, readlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Cgroup, CgroupHierarchy } from './cgroup.ts';
import { type LinkedChild, spawnLinked } from './child.ts';
import { linkTree } from './link-tree.ts';
import type { MountNamespace } from './mount-namespace.ts';
import type { FunctionNetwork, NetworkLease } from './network/function-network.ts';
import { sandboxGroupId, sandboxUserId } from './root-files.ts';
import type { PlacedDirectory, Sandbox, SandboxDriver, SandboxSpec } from './sandbox.ts';
import { TreeMemory } from './tree-memory.ts';

/** What the driver found on this machine and made for itself. */
export interface BubblewrapParts {
  /** Path of `bwrap`. */
  executable: string;
  /** File with the seccomp program; null where the architecture has none. */
  seccompFile: string | null;
  /** The `/etc` of sandboxes. */
  etcDirectory: string;
  environmentsDirectory: string;
  /** Parent of every package's directory, on the same file system as `environmentsDirectory`. */
  codeDirectory: string;
  cgroups: CgroupHierarchy | null;
  /** Only as root. */
  namespace: MountNamespace | null;
  /** Only beside `namespace`; null: environments have nothing but a loopback of their own. */
  network: FunctionNetwork | null;
  /** Directories bound in `namespace`, by host path. */
  boundDirectories: ReadonlyMap<string, string>;
}

/** User ids that no service of a host uses (systemd calls them unused); every environment takes the next one. */
const firstUserId = 1_879_048_192;
const userIdCount = 100_000_000;

/** Packages of more files are mounted, which takes the time of about so many links. */
const maxLinkedFiles = 64;
/** Without mounts, packages of more files are better shown to a sandbox from its start. */
const maxLinkedFilesUnmounted = 512;

const taskRoot = '/var/task';
const megabyte = 1024 * 1024;
/** Enters the control groups before anything else runs, then becomes the sandbox. */
const script = `
ulimit -n 1024 && ulimit -c 0 || exit 125
IFS='
'
for group in $1; do echo 0 > "$group/cgroup.procs" || exit 125; done
filter=$2
network=$3
shift 3
tries=0
until [ -z "$network" ] || [ -e "$network" ]; do
  tries=$((tries + 1))
  [ $tries -lt 500 ] || { echo 'There is no network namespace.'; exit 125; }
  sleep 0.01
done
exec "$@" 4< "$filter"
`;

/** Runs environments in bubblewrap: namespaces of their own, a minimal read-only root, no privileges. */
export class BubblewrapDriver implements SandboxDriver {
  readonly name = 'bubblewrap';
  readonly measuresMemory: boolean;
  readonly #parts: BubblewrapParts;
  readonly #systemDirectories = systemDirectories();
  readonly #cleanUps = new Set<Promise<void>>();
  #nextUserId = 0;

  constructor(parts: BubblewrapParts) {
    this.#parts = parts;
    this.measuresMemory = parts.cgroups !== null;
  }

  placesQuickly(fileCount: number): boolean {
    return this.#parts.namespace !== null || fileCount <= maxLinkedFilesUnmounted;
  }

  start(spec: SandboxSpec): Sandbox {
    const { namespace, network, cgroups, environmentsDirectory, seccompFile } = this.#parts;
    const directory = path.join(environmentsDirectory, spec.id);
    const task = path.join(directory, 'task');
    const layers = path.join(directory, 'opt');
    for (const made of [task, layers]) mkdirSync(made, { recursive: true, mode: 0o755 });
    const cgroup = cgroups?.create(spec.id) ?? null;
    const lease = network?.take() ?? null;
    let child: LinkedChild;
    try {
      child = spawnLinked(
        script,
        [
          cgroup?.directories.join('\n') ?? '',
          seccompFile ?? '/dev/null',
          lease?.readyFile ?? '',
          ...(namespace?.enterAs(firstUserId + (this.#nextUserId++ % userIdCount), lease?.file) ?? []),
          this.#parts.executable,
          ...this.#sandboxArguments(spec, spec.codeDirectory ?? task, spec.layersDirectory ?? layers),
          ...(cgroup ? [] : ['/usr/bin/prlimit', '--nproc=1024:1024', '--']),
          ...interpreterCommand(spec, '/var/lang/bin', '/var/runtime'),
        ],
        { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' },
      );
    } catch (error) {
      void this.#cleanUp(directory, [], cgroup, lease);
      throw error;
    }
    const treeMemory = cgroup ? null : new TreeMemory(child.processId, child.kill);
    const mountPoints: string[] = [];
    const place = async (placed: PlacedDirectory, target: string) => {
      if (namespace && placed.fileCount > maxLinkedFiles) {
        mountPoints.push(target);
        await namespace.mount(this.#inside(placed.directory), this.#inside(target));
      } else await linkTree(placed.directory, target);
    };
    let outOfMemory: boolean | null = null;
    const wasOutOfMemory = () => (cgroup ? cgroup.outOfMemoryKills() > 0 : (treeMemory?.exceeded ?? false));
    const exited = child.exited.then((exit) => {
      treeMemory?.stop();
      outOfMemory = wasOutOfMemory();
      const cleaned = this.#cleanUp(directory, mountPoints, cgroup, lease);
      this.#cleanUps.add(cleaned);
      void cleaned.finally(() => this.#cleanUps.delete(cleaned));
      return exit;
    });

    return {
      taskRoot,
      link: child.link,
      output: child.output,
      exited,
      kill: child.kill,
      placeCode: async (code, mergedLayers) => {
        if (spec.codeDirectory !== null) return;
        await place(code, task);
        if (mergedLayers) await place(mergedLayers, layers);
      },
      limitMemory: (megabytes) => {
        cgroup?.limitMemory(megabytes * megabyte);
        treeMemory?.limit(megabytes * megabyte);
      },
      limitCpu: (cores) => cgroup?.limitCpu(cores),
      peakMemoryBytes: () => cgroup?.peakMemoryBytes() ?? treeMemory?.peakBytes ?? null,
      ranOutOfMemory: () => outOfMemory ?? wasOutOfMemory(),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#cleanUps);
    await this.#parts.cgroups?.remove();
    await this.#parts.network?.close();
    this.#parts.namespace?.close();
  }

  async #cleanUp(
    directory: string,
    mountPoints: readonly string[],
    cgroup: Cgroup | null,
    lease: NetworkLease | null,
  ): Promise<void> {
    for (const mountPoint of mountPoints) {
      await this.#parts.namespace?.unmount(this.#inside(mountPoint)).catch(() => {});
    }
    await rm(directory, { recursive: true, force: true });
    await cgroup?.remove();
    lease?.release();
  }

  /** Where the process that starts the sandbox finds a directory of the host. */
  #inside(directory: string): string {
    const { namespace, boundDirectories } = this.#parts;
    if (!namespace) return directory;
    for (const [bound, name] of boundDirectories) {
      if (directory === bound) return namespace.path(name);
      if (directory.startsWith(`${bound}/`)) return namespace.path(name, directory.slice(bound.length + 1));
    }
    return directory;
  }

  #sandboxArguments(spec: SandboxSpec, task: string, layers: string): string[] {
    const { runtime } = spec;
    return [
      ...['--unshare-all', ...(this.#parts.network ? ['--share-net'] : [])],
      ...['--unshare-user', '--uid', String(sandboxUserId), '--gid', String(sandboxGroupId)],
      ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--hostname', 'sandbox'],
      ...(this.#parts.seccompFile ? ['--seccomp', '4'] : []),
      '--clearenv',
      ...Object.entries({ ...baseVariables, ...runtime.processVariables, ...spec.variables }).flatMap(
        ([name, value]) => ['--setenv', name, value],
      ),
      ...this.#systemDirectories,
      ...['--ro-bind', this.#inside(this.#parts.etcDirectory), '/etc'],
      ...['--ro-bind', this.#inside(runtime.interpreterDirectory), '/var/lang/bin'],
      ...Object.entries(runtime.directories ?? {}).flatMap(([target, source]) => [
        ...['--ro-bind', this.#inside(source), target],
      ]),
      ...['--ro-bind', this.#inside(runtime.directory), '/var/runtime'],
      ...['--ro-bind', this.#inside(task), taskRoot, '--ro-bind', this.#inside(layers), '/opt'],
      ...['--proc', '/proc', '--dev', '/dev', '--remount-ro', '/dev'],
      ...['--perms', '1777', '--size', String(spec.temporaryStorageMegabytes * megabyte), '--tmpfs', '/tmp'],
      ...['--remount-ro', '/', '--chdir', spec.codeDirectory === null ? '/' : taskRoot],
    ];
  }
}

const baseVariables: Readonly<Record<string, string>> = {
  LANG: 'en_US.UTF-8',
  LD_LIBRARY_PATH:
    '/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib',
  PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
  SHLVL: '0',
  TZ: ':UTC',
};

/** The command line that runs a runtime whose directories are seen at the given places. */
export function interpreterCommand(
  { runtime, aheadOfNeed }: SandboxSpec,
  interpreterDirectory: string,
  runtimeDirectory: string,
): string[] {
  const [executable, ...flags] = runtime.command;
  return [
    path.join(interpreterDirectory, executable),
    ...flags,
    path.join(runtimeDirectory, runtime.entry),
    aheadOfNeed ? 'prewarm' : 'start',
  ];
}

/** Programs and libraries of the host's distribution: what a function may run, and what its interpreter links to. */
function systemDirectories(): string[] {
  const bound = ['/usr/bin', '/usr/lib', '/usr/lib32', '/usr/lib64', '/usr/libexec'].filter(existsSync);
  const top = ['/bin', '/lib', '/lib32', '/lib64'].filter(existsSync);
  return [
    ...bound.flatMap((directory) => ['--ro-bind', directory, directory]),
    ...top.flatMap((directory) =>
      lstatSync(directory).isSymbolicLink()
        ? ['--symlink', readlinkSync(directory), directory]
        : ['--ro-bind', directory, directory],
    ),
  ];
}
