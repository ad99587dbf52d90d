import type { Alias } from '../../prisma/generated/client.ts';
import type { FunctionReference } from '../arn.ts';
import type { Core } from '../core.ts';
import { LATEST } from '../versions/version-name.ts';

/** The alias of a function by its name; null when either is missing. */
export async function findAlias(
  core: Core,
  { accountId, region, functionName }: FunctionReference,
  name: string | undefined,
): Promise<Alias | null> {
  if (name === undefined) return null;
  return core.db.alias.findFirst({
    where: { name, function: { accountId, region, name: functionName, version: LATEST } },
  });
}
