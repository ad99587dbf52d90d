import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import type { JsonObject } from '../../../core/caller.ts';
import { structure } from '../../../core/model.ts';
import { AwsFault } from '../aws-fault.ts';
import type { Scope } from '../operations.ts';
import { readInput } from '../read-input.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { findLogGroup } from './log-group-names.ts';
import { groupIdentifier, tagKeys, tags } from './members.ts';

const maxTags = 50;

const tagModel = structure<TagResourceRequest>()({ resourceArn: groupIdentifier(), tags: tags() });

/** TagResource, of log groups. */
export async function tagResource(store: TelemetryStore, scope: Scope, input: JsonObject): Promise<object> {
  const { resourceArn, tags: added } = readInput(tagModel, input);
  return setTags(store, scope, resourceArn, (old) => ({ ...old, ...added }));
}

const untagModel = structure<UntagResourceRequest>()({ resourceArn: groupIdentifier(), tagKeys: tagKeys() });

/** UntagResource, of log groups. */
export async function untagResource(store: TelemetryStore, scope: Scope, input: JsonObject): Promise<object> {
  const { resourceArn, tagKeys: removed } = readInput(untagModel, input);
  return setTags(store, scope, resourceArn, (old) =>
    Object.fromEntries(Object.entries(old).filter(([key]) => !removed.includes(key))),
  );
}

const listModel = structure<ListTagsForResourceRequest>()({ resourceArn: groupIdentifier() });

/** ListTagsForResource, of log groups. */
export async function listTagsForResource(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<ListTagsForResourceResponse> {
  const { resourceArn } = readInput(listModel, input);
  return { tags: findLogGroup(store, scope, { logGroupIdentifier: resourceArn }).tags };
}

async function setTags(
  store: TelemetryStore,
  scope: Scope,
  resourceArn: string,
  edit: (tags: Record<string, string>) => Record<string, string>,
): Promise<object> {
  const names = { logGroupIdentifier: resourceArn };
  findLogGroup(store, scope, names);
  await store.change((writer) => {
    const group = findLogGroup(store, scope, names);
    const edited = edit(group.tags);
    if (Object.keys(edited).length > maxTags) {
      throw new AwsFault('InvalidParameterException', `A log group can have at most ${maxTags} tags.`);
    }
    group.tags = edited;
    return store.catalogue.update(writer, group);
  });
  return {};
}
