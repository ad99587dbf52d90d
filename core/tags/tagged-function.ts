import { type FunctionReference, parseFunctionName } from '../arn.ts';
import type { Caller } from '../caller.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { ServiceError } from '../errors.ts';
import { checkTags } from '../functions/function-settings.ts';
import { readSettled } from '../functions/lifecycle.ts';

export type Tags = Readonly<Record<string, string>>;

/**
 * Reads the checked ARN of what is to be tagged.
 * @throws ServiceError ResourceNotFoundException when it is no function, InvalidParameterValueException for a version
 *   or alias, and as `parseFunctionName`.
 */
export function parseTaggable(
  core: Core,
  caller: Caller,
  action: string,
  resource: string,
): FunctionReference {
  if (resource.split(':')[5] !== 'function') {
    // Nothing else that can have tags exists here.
    throw new ServiceError('ResourceNotFoundException', 'The resource you requested does not exist.');
  }
  const reference = parseFunctionName(core, caller, action, resource);
  if (reference.qualifier === undefined) return reference;
  throw new ServiceError(
    'InvalidParameterValueException',
    'Tags on function aliases and versions are not supported. Please specify a function ARN.',
  );
}

/**
 * Replaces a function's tags, which makes a new revision of it.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for too many tags.
 */
export async function changeTags(
  core: Core,
  reference: FunctionReference,
  change: (tags: Tags) => Record<string, string>,
): Promise<void> {
  await core.functions.exclusively(reference.functionArn, async () => {
    const row = await readSettled(core, reference);
    const tags = change(JSON.parse(row.tags) as Tags);
    checkTags(tags);
    await written(
      core.db.function.update({
        where: { id: row.id },
        data: { tags: JSON.stringify(tags), revisionId: core.uuid() },
      }),
    );
  });
}
