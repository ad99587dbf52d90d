import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The checkout. */
export const root = path.resolve(import.meta.dirname, '../..');

/** What a step did: nothing worth a line, its work, or something the user must know. */
export type Outcome = 'ready' | 'done' | { warning: string };

/**
 * Runs one step of set-up and shows its name and how long it took. A step that had nothing to do shows nothing.
 */
export async function step(label: string, work: () => Outcome | Promise<Outcome>): Promise<void> {
  const started = performance.now();
  const outcome = await work();
  if (outcome === 'ready') return;
  const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  if (outcome === 'done') console.log(`  ✓ ${label.padEnd(22)}${seconds}`);
  else console.log(`  ! ${label.padEnd(22)}${outcome.warning}`);
}

/**
 * Does `work` unless it was done before for the same contents of `sources` (files or folders, relative to the
 * checkout); `stamp` is the file that remembers.
 */
export async function onceFor(
  stamp: string,
  sources: readonly string[],
  work: () => Promise<void>,
): Promise<Outcome> {
  const hash = createHash('sha256');
  for (const source of sources) addToHash(hash, path.join(root, source));
  const wanted = hash.digest('hex');
  const file = path.join(root, stamp);
  if (existsSync(file) && readFileSync(file, 'utf8') === wanted) return 'ready';
  await work();
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, wanted);
  return 'done';
}

function addToHash(hash: ReturnType<typeof createHash>, file: string): void {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return;
  if (stat.isDirectory()) {
    for (const entry of readdirSync(file).sort()) addToHash(hash, path.join(file, entry));
  } else if (stat.isFile()) {
    hash.update(`${path.relative(root, file)}\0${stat.size}\0`).update(readFileSync(file));
  }
}
