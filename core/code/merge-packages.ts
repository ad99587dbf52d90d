import { chmod, link, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Fills a new directory with hard links to the files of others, in order: what comes later takes the place of what
 * came earlier, as if one package were unpacked over the other.
 */
export async function mergePackages(sources: readonly string[], target: string): Promise<void> {
  await makeDirectory(target);
  for (const source of sources) await mergeInto(source, target);
}

async function mergeInto(source: string, target: string): Promise<void> {
  const there = new Map((await readdir(target, { withFileTypes: true })).map((entry) => [entry.name, entry]));
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const from = path.join(source, entry.name);
    const to = path.join(target, entry.name);
    const existing = there.get(entry.name);
    const bothDirectories = existing?.isDirectory() && entry.isDirectory();
    if (existing && !bothDirectories) await rm(to, { recursive: true });
    if (entry.isDirectory()) {
      if (!bothDirectories) await makeDirectory(to);
      await mergeInto(from, to);
    } else await link(from, to);
  }
}

/** The mode is set explicitly, for no umask to keep a sandbox's user out. */
async function makeDirectory(directory: string): Promise<void> {
  await mkdir(directory);
  await chmod(directory, 0o755);
}
