import { readFileSync } from 'node:fs';

/** One process, told from a later one of the same id by the time it began. */
export interface RunningProcess {
  pid: number;
  /** In clock ticks since the machine started. */
  startTime: string;
  command: string;
}

/** Those of `pids` that run. */
export function runningProcesses(pids: readonly number[]): RunningProcess[] {
  return pids.flatMap((pid) => read(pid) ?? []);
}

/** Those of `processes` that still run. */
export function stillRunning(processes: readonly RunningProcess[]): RunningProcess[] {
  return processes.filter(({ pid, startTime }) => read(pid)?.startTime === startTime);
}

/** Resolves when none of `processes` runs any more. @throws Error naming those that do after 10 s. */
export async function whenEnded(processes: readonly RunningProcess[]): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (let left = stillRunning(processes); left.length > 0; left = stillRunning(processes)) {
    if (Date.now() > deadline) {
      throw new Error(`Still running:\n${left.map(({ pid, command }) => `${pid} ${command}`).join('\n')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function read(pid: number): RunningProcess | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent has not looked yet.
    if (fields[0] === 'Z') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return { pid, startTime: fields[19] ?? '', command };
  } catch {
    return undefined;
  }
}
