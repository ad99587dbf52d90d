import type { Alias } from '../../prisma/generated/client.ts';
import { versionName } from '../versions/version-name.ts';

/** Where the invocations of an alias go. Versions are `$LATEST` or numbers. */
export interface AliasRouting {
  version: string;
  /** The version that gets a share of them, 0 to 1. */
  additional: { version: string; weight: number } | undefined;
}

export function readRouting({ functionVersion, additionalVersion, additionalWeight }: Alias): AliasRouting {
  return {
    version: versionName(functionVersion),
    additional:
      additionalVersion === null || additionalWeight === null
        ? undefined
        : { version: versionName(additionalVersion), weight: additionalWeight },
  };
}

/**
 * The version for one invocation.
 * @param random 0 to less than 1, evenly distributed.
 */
export function chooseVersion({ version, additional }: AliasRouting, random: number): string {
  return additional && random < additional.weight ? additional.version : version;
}
