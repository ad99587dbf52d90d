import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { interpreterCommand } from './bubblewrap.ts';
import { spawnLinked } from './child.ts';
import { linkTree } from './link-tree.ts';
import type { Sandbox, SandboxDriver, SandboxSpec } from './sandbox.ts';
import { TreeMemory } from './tree-memory.ts';

const megabyte = 1024 * 1024;

/**
 * Runs environments as ordinary processes of the worker's own user: nothing is isolated. For machines without
 * bubblewrap, and only when their owner has explicitly allowed it.
 */
export class PlainProcessDriver implements SandboxDriver {
  readonly name = 'process';
  readonly measuresMemory = false;
  readonly #environmentsDirectory: string;
  readonly #cleanUps = new Set<Promise<void>>();

  constructor(environmentsDirectory: string) {
    this.#environmentsDirectory = environmentsDirectory;
  }

  placesQuickly(): boolean {
    return true;
  }

  start(spec: SandboxSpec): Sandbox {
    const directory = path.join(this.#environmentsDirectory, spec.id);
    const taskRoot = path.join(directory, 'task');
    const temporary = path.join(directory, 'tmp');
    for (const made of [taskRoot, temporary]) mkdirSync(made, { recursive: true });
    const { interpreterDirectory, directory: runtimeDirectory } = spec.runtime;
    const child = spawnLinked('exec "$@"', interpreterCommand(spec, interpreterDirectory, runtimeDirectory), {
      PATH: process.env.PATH ?? '',
      TMPDIR: temporary,
      TZ: ':UTC',
      ...spec.runtime.processVariables,
      ...spec.variables,
    });
    const memory = new TreeMemory(child.processId, () => kill());
    // The process leads a group of its own; what it started is in it unless it took pains to leave.
    const kill = () => {
      try {
        process.kill(-child.processId, 'SIGKILL');
      } catch {
        child.kill();
      }
    };
    return {
      taskRoot,
      link: child.link,
      output: child.output,
      exited: child.exited.then((exit) => {
        kill();
        memory.stop();
        const cleaned = rm(directory, { recursive: true, force: true });
        this.#cleanUps.add(cleaned);
        void cleaned.finally(() => this.#cleanUps.delete(cleaned));
        return exit;
      }),
      placeCode: async (code, layers) => {
        if (layers)
          throw new Error('Without a sandbox there is no /opt, where layers are: install bubblewrap.');
        await linkTree(code.directory, taskRoot);
      },
      limitMemory: (megabytes) => memory.limit(megabytes * megabyte),
      limitCpu: () => {},
      peakMemoryBytes: () => memory.peakBytes || null,
      ranOutOfMemory: () => memory.exceeded,
      kill,
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#cleanUps);
  }
}
