import type { Function as FunctionRow } from '../../prisma/generated/client.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { findUnchangedVersion, takeSnapshot } from './snapshot.ts';

/**
 * Publishes a function's $LATEST, unless it has not changed since the last version, which is the answer then. For work
 * that runs inside `exclusively`.
 * @param description of the version, if not that of `latest`.
 * @throws ServiceError CodeStorageExceededException.
 */
export async function publishLatest(
  core: Core,
  latest: FunctionRow,
  description?: string,
): Promise<{ latest: FunctionRow; version: FunctionRow }> {
  const unchanged = await findUnchangedVersion(core, latest);
  if (unchanged) return { latest, version: unchanged };
  core.usage.checkRoom(latest, Number(latest.codeSize));
  const snapshot = takeSnapshot(core, latest, description);
  const [version, published] = await written(
    core.db.$transaction([
      core.db.function.create({ data: snapshot.version }),
      core.db.function.update({
        where: { id: latest.id },
        data: { ...snapshot.latest, revisionId: core.uuid() },
      }),
    ]),
  );
  core.usage.add(latest, 0, Number(latest.codeSize));
  return { latest: published, version };
}
