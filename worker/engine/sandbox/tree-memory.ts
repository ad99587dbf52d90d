import { readFileSync } from 'node:fs';

const pollMilliseconds = 100;

/**
 * Stands in for the memory control group where there is none: adds up what the processes of a tree hold, ten times a
 * second, and ends the tree when that is too much.
 */
export class TreeMemory {
  readonly #processId: number;
  readonly #kill: () => void;
  #limitBytes = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  peakBytes = 0;
  exceeded = false;

  constructor(processId: number, kill: () => void) {
    this.#processId = processId;
    this.#kill = kill;
  }

  limit(bytes: number): void {
    this.#limitBytes = bytes;
    this.#timer ??= setInterval(() => this.#poll(), pollMilliseconds).unref();
    this.#poll();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #poll(): void {
    const bytes = treeBytes(this.#processId);
    this.peakBytes = Math.max(this.peakBytes, bytes);
    if (bytes <= this.#limitBytes) return;
    this.exceeded = true;
    this.#kill();
  }
}

/** Proportional share where the kernel tells it, so that pages shared by many environments count once. */
function treeBytes(processId: number): number {
  let total = readKilobytes(`/proc/${processId}/smaps_rollup`, 'Pss') ?? 0;
  total = (total || (readKilobytes(`/proc/${processId}/status`, 'VmRSS') ?? 0)) * 1024;
  for (const child of childrenOf(processId)) total += treeBytes(child);
  return total;
}

function readKilobytes(file: string, field: string): number | null {
  try {
    const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8'));
    return found ? Number(found[1]) : null;
  } catch {
    return null;
  }
}

function childrenOf(processId: number): number[] {
  try {
    const text = readFileSync(`/proc/${processId}/task/${processId}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
