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

/** Where the controllers of version 1 are mounted. */
export interface ControllerMounts {
  memory: string;
  cpu: string;
  pids: string;
}

/** Control groups of version 1: one tree of directories for each controller. */
export function createHierarchyV1(mounts: ControllerMounts, instance: string): CgroupHierarchy {
  const bases = [mounts.memory, mounts.cpu, mounts.pids].map((mount) => path.join(mount, instance));
  makeDirectories(bases);
  return {
    description: `version 1 at ${bases.join(', ')}`,
    create: (environmentId) => new CgroupV1(mounts, path.join(instance, environmentId)),
    removeEnvironments: async () => {
      await Promise.all(bases.map(removeChildren));
    },
    remove: async () => {
      await Promise.all(bases.map(removeCgroup));
    },
  };
}

class CgroupV1 implements Cgroup {
  readonly directories: readonly string[];
  readonly #memory: string;
  readonly #cpu: string;
  readonly #peak: CounterFile;
  readonly #outOfMemory: CounterFile;

  constructor(mounts: ControllerMounts, name: string) {
    this.#memory = path.join(mounts.memory, name);
    this.#cpu = path.join(mounts.cpu, name);
    const pids = path.join(mounts.pids, name);
    this.directories = [this.#memory, this.#cpu, pids];
    makeDirectories(this.directories);
    write(pids, 'pids.max', maxTasks);
    this.#peak = new CounterFile(path.join(this.#memory, 'memory.max_usage_in_bytes'));
    this.#outOfMemory = new CounterFile(path.join(this.#memory, 'memory.oom_control'));
  }

  limitMemory(bytes: number): void {
    write(this.#memory, 'memory.limit_in_bytes', bytes);
    // Memory and swap together: no more than memory alone. Kernels without swap accounting lack the file.
    writeIfPresent(this.#memory, 'memory.memsw.limit_in_bytes', bytes);
    writeIfPresent(this.#memory, 'memory.swappiness', 0);
  }

  limitCpu(cores: number): void {
    const quota = Math.ceil(cores * cpuPeriodMicroseconds);
    write(this.#cpu, 'cpu.cfs_period_us', cpuPeriodMicroseconds);
    write(this.#cpu, 'cpu.cfs_quota_us', quota);
    writeIfPresent(this.#cpu, 'cpu.cfs_burst_us', quota);
  }

  peakMemoryBytes(): number {
    return Number(this.#peak.read());
  }

  outOfMemoryKills(): number {
    return Number(/oom_kill (\d+)/.exec(this.#outOfMemory.read())?.[1] ?? 0);
  }

  async remove(): Promise<void> {
    this.#peak.close();
    this.#outOfMemory.close();
    await Promise.all(this.directories.map(removeCgroup));
  }
}
