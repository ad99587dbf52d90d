import type { ListAliasesResponse } from '@aws-sdk/client-lambda';
import { parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { readFunction } from '../functions/lifecycle.ts';
import { limits } from '../limits.ts';
import { readMarker, writeMarker } from '../marker.ts';
import { validate } from '../validation.ts';
import { versionNumber } from '../versions/version-name.ts';
import { describeAlias } from './alias-configuration.ts';
import { listAliasesModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html */
export async function listAliases(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<ListAliasesResponse> {
  const { FunctionName, FunctionVersion, Marker, MaxItems } = validate(listAliasesModel, input);
  const reference = parseUnqualifiedName(core, caller, 'lambda:ListAliases', FunctionName);
  const { id: functionId } = await readFunction(core, reference);
  const size = Math.min(MaxItems ?? limits.functionsPerPage, limits.functionsPerPage);
  const version = FunctionVersion === undefined ? undefined : (versionNumber(FunctionVersion) ?? -1);
  const rows = await core.db.alias.findMany({
    where: {
      functionId,
      name: { gt: Marker ? readMarker(Marker) : '' },
      ...(version !== undefined && {
        OR: [{ functionVersion: version }, { additionalVersion: version }],
      }),
    },
    orderBy: { name: 'asc' },
    take: size + 1,
  });
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return {
    Aliases: page.map((alias) => describeAlias(reference, alias)),
    ...(last && rows.length > size && { NextMarker: writeMarker(last.name) }),
  };
}
