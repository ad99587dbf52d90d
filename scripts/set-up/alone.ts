import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './steps.ts';

const lock = path.join(root, 'node_modules', '.hearth-set-up');
const retryMilliseconds = 100;

/** Runs `work` while no other process of this checkout does; a process that died holding the place leaves it. */
export async function alone(work: () => Promise<void>): Promise<void> {
  while (!take()) await new Promise((resolve) => setTimeout(resolve, retryMilliseconds));
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(): boolean {
  try {
    writeFileSync(lock, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  if (!isRunning(holder())) rmSync(lock, { force: true });
  return false;
}

/** 0 between the lock's creation and its first byte, and after it was given up: somebody lives, look again. */
function holder(): number {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return 0;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
