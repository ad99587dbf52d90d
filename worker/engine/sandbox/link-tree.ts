import { link, mkdir, readdir, readlink, symlink } from 'node:fs/promises';
import path from 'node:path';

/**
 * Fills `target` with hard links to the files of `source`: no byte is copied, and both directories must lie on one
 * file system. Symbolic links are made anew.
 * @throws the file system's error, for example EXDEV.
 */
export async function linkTree(source: string, target: string): Promise<void> {
  const entries = await readdir(source, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const from = path.join(source, entry.name);
      const to = path.join(target, entry.name);
      if (entry.isDirectory()) {
        await mkdir(to, { mode: 0o755 });
        await linkTree(from, to);
      } else if (entry.isSymbolicLink()) await symlink(await readlink(from), to);
      else await link(from, to);
    }),
  );
}
