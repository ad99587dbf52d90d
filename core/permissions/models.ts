import type { AddPermissionRequest, RemovePermissionRequest } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { functionName, namespacedFunctionName, qualifier } from '../functions/models.ts';
import { choice, maxLength, minLength, pattern, structure, text } from '../model.ts';

const REGION = '([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})';

/** The name of a statement in a policy. */
export const statementId = text(pattern('([a-zA-Z0-9-_]+)'), maxLength(100), minLength(1));
export const organizationId = text(pattern('o-[a-z0-9]{10,32}'), maxLength(34));

export const addPermissionModel = structure<AddPermissionRequest>()({
  FunctionName: functionName,
  StatementId: statementId,
  Action: text(pattern('(lambda:[*]|lambda:[a-zA-Z]+|[*])')),
  Principal: text(pattern('[^\\s]+')),
  SourceArn: text(pattern(`arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:${REGION}?:(\\d{12})?:(.*)`)).optional(),
  SourceAccount: text(pattern('\\d{12}'), maxLength(12)).optional(),
  EventSourceToken: text(pattern('[a-zA-Z0-9._\\-]+'), maxLength(256)).optional(),
  FunctionUrlAuthType: choice(['NONE', 'AWS_IAM']).optional(),
  InvokedViaFunctionUrl: z.boolean().optional(),
  PrincipalOrgID: organizationId.optional(),
  Qualifier: qualifier,
  RevisionId: z.string().optional(),
});

export const removePermissionModel = structure<RemovePermissionRequest>()({
  FunctionName: namespacedFunctionName,
  StatementId: statementId,
  Qualifier: qualifier,
  RevisionId: z.string().optional(),
});
