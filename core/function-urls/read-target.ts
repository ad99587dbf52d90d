import type { FunctionReference } from '../arn.ts';
import type { Core } from '../core.ts';

/**
 * The id of the function that a URL is to lead to; undefined when it, or the alias that the reference names, does not
 * exist.
 */
export async function readTarget(
  core: Core,
  { accountId, region, functionName, qualifier }: FunctionReference,
): Promise<string | undefined> {
  const row = await core.db.function.findUnique({
    where: { accountId_region_name_version: { accountId, region, name: functionName, version: 0 } },
    select: { id: true, aliases: { where: { name: qualifier ?? '' }, select: { name: true } } },
  });
  if (!row || (qualifier !== undefined && row.aliases.length === 0)) return undefined;
  return row.id;
}
