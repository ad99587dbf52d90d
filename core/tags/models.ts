import type { ListTagsRequest, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-lambda';
import { tagMap } from '../functions/models.ts';
import { list, maxLength, minLength, pattern, structure, text } from '../model.ts';

const resource = text(
  pattern(
    'arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:' +
      '(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|' +
      'code-signing-config:csc-[a-z0-9]{17}|' +
      'event-source-mapping:[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12})',
  ),
  maxLength(256),
  minLength(1),
);

export const listTagsModel = structure<ListTagsRequest>()({ Resource: resource });

export const tagResourceModel = structure<TagResourceRequest>()({ Resource: resource, Tags: tagMap });

export const untagResourceModel = structure<UntagResourceRequest>()({
  Resource: resource,
  TagKeys: list([maxLength(128), minLength(1), pattern('([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)')]),
});
