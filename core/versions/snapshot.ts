import type { Function as FunctionRow } from '../../prisma/generated/client.ts';
import type { Core } from '../core.ts';
import { readEnvironment, sealEnvironment } from '../functions/environment-variables.ts';
import { describeListedFunction } from '../functions/function-configuration.ts';
import { creating } from '../functions/lifecycle.ts';

/** The rows that publishing `latest` writes: the new version's, and what changes of `latest` itself. */
export interface Snapshot {
  version: FunctionRow;
  latest: Pick<FunctionRow, 'lastVersion' | 'publishedConfigSha256'>;
}

/**
 * Makes the next version of a function out of `latest`, its $LATEST as it is or is about to be written.
 * @param description instead of that of `latest`.
 */
export function takeSnapshot(core: Core, latest: FunctionRow, description = latest.description): Snapshot {
  const id = core.uuid();
  const number = latest.lastVersion + 1;
  const variables = readEnvironment(core, latest);
  const isNew = latest.state === 'Pending' || latest.lastUpdateStatus === 'InProgress';
  return {
    version: {
      ...latest,
      id,
      version: number,
      description,
      environment: variables ? sealEnvironment(core, id, variables) : null,
      tags: '{}',
      // Code that was just uploaded is not ready in a version either.
      ...(isNew && creating),
      revisionId: core.uuid(),
      lastVersion: 0,
      publishedConfigSha256: null,
      reservedConcurrency: null,
    },
    latest: { lastVersion: number, publishedConfigSha256: configSha256(core, latest) },
  };
}

/** The version that `latest` was last published as; null when it has changed since, or when that version is gone. */
export async function findUnchangedVersion(core: Core, latest: FunctionRow): Promise<FunctionRow | null> {
  if (latest.publishedConfigSha256 !== configSha256(core, latest)) return null;
  const { accountId, region, name, lastVersion: version } = latest;
  return core.db.function.findUnique({
    where: { accountId_region_name_version: { accountId, region, name, version } },
  });
}

/** Code included. */
function configSha256(core: Core, latest: FunctionRow): string {
  return String(describeListedFunction(core, latest).ConfigSha256);
}
