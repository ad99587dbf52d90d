import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { validate } from '../validation.ts';
import { untagResourceModel } from './models.ts';
import { changeTags, parseTaggable } from './tagged-function.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html
 * A key that is not there is removed already.
 */
export async function untagResource(core: Core, caller: Caller, input: JsonObject): Promise<object> {
  const { Resource, TagKeys } = validate(untagResourceModel, input);
  const reference = parseTaggable(core, caller, 'lambda:UntagResource', Resource);
  await changeTags(core, reference, (tags) =>
    Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys.includes(key))),
  );
  return {};
}
