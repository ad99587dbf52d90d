import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  type Cgroup,
  type CgroupHierarchy,
  CounterFile,
  cpuPeriodMicroseconds,
  makeDirectories,
  maxTasks,
  removeCgroup,
  removeChildren,
  write,
  writeIfPresent,
} from './cgroup.ts';

const controllers = '+memory +cpu +pids';

/**
 * Control groups of version 2 below `parent`, a directory of the unified tree that may be written to.
 * @throws Error when the controllers cannot be enabled there.
 */
export function createHierarchyV2(parent: string, instance: string): CgroupHierarchy {
  const base = path.join(parent, instance);
  write(parent, 'cgroup.subtree_control', controllers);
  makeDirectories([base]);
  write(base, 'cgroup.subtree_control', controllers);
  return {
    description: `version 2 at ${base}`,
    create: (environmentId) => new CgroupV2(path.join(base, environmentId)),
    removeEnvironments: () => removeChildren(base),
    remove: () => removeCgroup(base),
  };
}

class CgroupV2 implements Cgroup {
  readonly directories: readonly string[];
  readonly #directory: string;
  readonly #usage: CounterFile;
  readonly #events: CounterFile;
  #highestSeen = 0;

  constructor(directory: string) {
    this.#directory = directory;
    this.directories = [directory];
    makeDirectories(this.directories);
    write(directory, 'pids.max', maxTasks);
    writeIfPresent(directory, 'memory.oom.group', 1);
    // Kernels before 5.19 keep no peak; the use after each invocation stands in for it.
    const peak = path.join(directory, 'memory.peak');
    this.#usage = new CounterFile(existsSync(peak) ? peak : path.join(directory, 'memory.current'));
    this.#events = new CounterFile(path.join(directory, 'memory.events'));
  }

  limitMemory(bytes: number): void {
    write(this.#directory, 'memory.max', bytes);
    writeIfPresent(this.#directory, 'memory.swap.max', 0);
  }

  limitCpu(cores: number): void {
    const quota = Math.ceil(cores * cpuPeriodMicroseconds);
    write(this.#directory, 'cpu.max', `${quota} ${cpuPeriodMicroseconds}`);
    writeIfPresent(this.#directory, 'cpu.max.burst', quota);
  }

  peakMemoryBytes(): number {
    this.#highestSeen = Math.max(this.#highestSeen, Number(this.#usage.read()));
    return this.#highestSeen;
  }

  outOfMemoryKills(): number {
    return Number(/^oom_kill (\d+)/m.exec(this.#events.read())?.[1] ?? 0);
  }

  async remove(): Promise<void> {
    this.#usage.close();
    this.#events.close();
    writeIfPresent(this.#directory, 'cgroup.kill', 1);
    await removeCgroup(this.#directory);
  }
}
