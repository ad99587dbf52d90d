import type { ListTagsResponse } from '@aws-sdk/client-lambda';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { readFunction } from '../functions/lifecycle.ts';
import { validate } from '../validation.ts';
import { listTagsModel } from './models.ts';
import { parseTaggable } from './tagged-function.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html */
export async function listTags(core: Core, caller: Caller, input: JsonObject): Promise<ListTagsResponse> {
  const { Resource } = validate(listTagsModel, input);
  const { tags } = await readFunction(core, parseTaggable(core, caller, 'lambda:ListTags', Resource));
  return { Tags: JSON.parse(tags) as Record<string, string> };
}
