import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** The two kinds of module that a Node.js function may be written as. */
export type ModuleFormat = 'esm' | 'commonjs';

/** A function to start from. */
export interface Blueprint {
  id: string;
  title: string;
  description: string;
  /** A test event that the code understands, as JSON text. */
  event: string;
  /** File names and texts. */
  files: Record<ModuleFormat, Record<string, string>>;
}

// The console is served from the checkout, where the blueprints are kept as files that can be run.
const directory = path.join(
  process.env.HEARTH_CONSOLE_DIRECTORY ?? process.cwd(),
  'app/(console)/functions/create/blueprints',
);

/** All blueprints, the blank one first. */
export async function readBlueprints(): Promise<Blueprint[]> {
  const ids = await readdir(/* turbopackIgnore: true */ directory);
  const found = await Promise.all(
    ids.map(async (id) => {
      const [manifest, event, esm, commonjs] = await Promise.all([
        readFile(/* turbopackIgnore: true */ path.join(directory, id, 'blueprint.json'), 'utf8'),
        readFile(/* turbopackIgnore: true */ path.join(directory, id, 'event.json'), 'utf8'),
        readFiles(path.join(directory, id, 'esm')),
        readFiles(path.join(directory, id, 'commonjs')),
      ]);
      const { title, description, order }: { title: string; description: string; order: number } =
        JSON.parse(manifest);
      return { order, blueprint: { id, title, description, event, files: { esm, commonjs } } };
    }),
  );
  return found.sort((one, other) => one.order - other.order).map(({ blueprint }) => blueprint);
}

async function readFiles(folder: string): Promise<Record<string, string>> {
  const names = await readdir(/* turbopackIgnore: true */ folder);
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [
        name,
        await readFile(/* turbopackIgnore: true */ path.join(folder, name), 'utf8'),
      ]),
    ),
  );
}
