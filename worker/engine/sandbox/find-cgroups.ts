import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CgroupHierarchy } from './cgroup.ts';
import { createHierarchyV1 } from './cgroup-v1.ts';
import { createHierarchyV2 } from './cgroup-v2.ts';

/** Control groups that this worker may make, or why there are none. */
export type CgroupSearch = { hierarchy: CgroupHierarchy } | { missing: string };

/**
 * Looks for control groups with memory, cpu and pids controllers.
 * @param instance directory name of this worker's groups, the same after a restart.
 */
export function findCgroups(instance: string): CgroupSearch {
  const problems: string[] = [];
  for (const candidate of candidates()) {
    try {
      return { hierarchy: candidate(instance) };
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  return { missing: problems.join('; ') || 'no control group file system is mounted' };
}

/** The top of each tree first (an administrator's choice of limits for the worker is then kept apart), then our own. */
function* candidates(): Generator<(instance: string) => CgroupHierarchy> {
  const mounts = readMounts();
  const own = readOwnGroups();
  const unified = mounts.find((mount) => mount.type === 'cgroup2');
  const controller = (name: string) =>
    mounts.find((mount) => mount.type === 'cgroup' && mount.options.includes(name))?.directory;
  const [memory, cpu, pids] = ['memory', 'cpu', 'pids'].map(controller);
  if (memory && cpu && pids) {
    yield (instance) => createHierarchyV1({ memory, cpu, pids }, instance);
    const below = (directory: string, name: string) => path.join(directory, own.get(name) ?? '');
    yield (instance) =>
      createHierarchyV1(
        { memory: below(memory, 'memory'), cpu: below(cpu, 'cpu'), pids: below(pids, 'pids') },
        instance,
      );
  } else if (unified) {
    yield (instance) => createHierarchyV2(unified.directory, instance);
    const parent = path.join(unified.directory, own.get('') ?? '');
    yield (instance) => createHierarchyV2(parent, instance);
  }
}

function readMounts(): { directory: string; type: string; options: string[] }[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .map(([, directory = '', type = '', options = '']) => ({ directory, type, options: options.split(',') }));
}

/** This process's group by controller; the unified tree's has an empty name. */
function readOwnGroups(): Map<string, string> {
  const groups = new Map<string, string>();
  for (const line of readFileSync('/proc/self/cgroup', 'utf8').split('\n')) {
    const [, names = '', group = ''] = line.split(':');
    for (const name of names.split(',')) groups.set(name, group);
  }
  return groups;
}
