import type { ListVersionsByFunctionRequest, PublishVersionRequest } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { functionName, namespacedFunctionName } from '../functions/models.ts';
import { choice, maxLength, queryInteger, structure, text, unsupported } from '../model.ts';

export const publishVersionModel = structure<PublishVersionRequest>()({
  FunctionName: functionName,
  CodeSha256: z.string().optional(),
  Description: text(maxLength(256)).optional(),
  PublishTo: unsupported(choice(['LATEST_PUBLISHED']), () => false),
  RevisionId: z.string().optional(),
});

export const listVersionsByFunctionModel = structure<ListVersionsByFunctionRequest>()({
  FunctionName: namespacedFunctionName,
  Marker: z.string().optional(),
  MaxItems: queryInteger({ min: 1, max: 10_000 }),
});
