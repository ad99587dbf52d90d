import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** Names the time since the machine's start; where the system does not tell, never the same twice. */
export async function readBootId(): Promise<string> {
  return readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => randomUUID());
}
