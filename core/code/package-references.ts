import type { PrismaClient } from '../../prisma/generated/client.ts';
import { readFunctionLayers } from '../layers/function-layers.ts';

/** All packages that a function runs, as its code or as a layer, or that a layer can still be used for. */
export async function referencedPackages(db: PrismaClient): Promise<Set<string>> {
  const code = await db.function.groupBy({ by: ['codeSha256'] });
  const used = await db.function.groupBy({ by: ['layers'] });
  const published = await db.layerVersion.groupBy({ by: ['codeSha256'], where: { deleted: false } });
  return new Set([...code, ...used.flatMap(readFunctionLayers), ...published].map((row) => row.codeSha256));
}

/** Whether a package is among them. */
export async function isPackageReferenced(db: PrismaClient, codeSha256: string): Promise<boolean> {
  const select = { name: true };
  const uses = [
    () => db.function.findFirst({ where: { codeSha256 }, select }),
    () => db.layerVersion.findFirst({ where: { codeSha256, deleted: false }, select }),
    // Reads every function, so it comes last.
    () => db.function.findFirst({ where: { layers: { contains: codeSha256 } }, select }),
  ];
  for (const find of uses) if (await find()) return true;
  return false;
}
