import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { validate } from '../validation.ts';
import { tagResourceModel } from './models.ts';
import { changeTags, parseTaggable } from './tagged-function.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html */
export async function tagResource(core: Core, caller: Caller, input: JsonObject): Promise<object> {
  const { Resource, Tags } = validate(tagResourceModel, input);
  const reference = parseTaggable(core, caller, 'lambda:TagResource', Resource);
  if (Object.keys(Tags).length === 0) {
    throw new ServiceError(
      'InvalidParameterValueException',
      'An error occurred and the request cannot be processed.',
    );
  }
  await changeTags(core, reference, (tags) => ({ ...tags, ...Tags }));
  return {};
}
