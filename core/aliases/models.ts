import type {
  AliasRoutingConfiguration,
  CreateAliasRequest,
  DeleteAliasRequest,
  GetAliasRequest,
  ListAliasesRequest,
  UpdateAliasRequest,
} from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { functionName, namespacedFunctionName } from '../functions/models.ts';
import { maxLength, minLength, numberMap, pattern, queryInteger, structure, text } from '../model.ts';

const aliasName = text(pattern('(?!^[0-9]+$)([a-zA-Z0-9-_]+)'), maxLength(128), minLength(1));
const version = text(pattern('(\\$LATEST(\\.PUBLISHED)?|[0-9]+)'), maxLength(1024), minLength(1));

const routingConfig = structure<AliasRoutingConfiguration>()({
  AdditionalVersionWeights: numberMap({
    keys: [maxLength(1024), minLength(1), pattern('[0-9]+')],
    values: { min: 0, max: 1 },
  }).optional(),
}).optional();

export const createAliasModel = structure<CreateAliasRequest>()({
  FunctionName: functionName,
  Name: aliasName,
  FunctionVersion: version,
  Description: text(maxLength(256)).optional(),
  RoutingConfig: routingConfig,
});

export const updateAliasModel = structure<UpdateAliasRequest>()({
  FunctionName: functionName,
  Name: aliasName,
  FunctionVersion: version.optional(),
  Description: text(maxLength(256)).optional(),
  RoutingConfig: routingConfig,
  RevisionId: z.string().optional(),
});

/** What GetAlias and DeleteAlias name an alias by. */
export const aliasReferenceModel = structure<GetAliasRequest & DeleteAliasRequest>()({
  FunctionName: functionName,
  Name: aliasName,
});

export const listAliasesModel = structure<ListAliasesRequest>()({
  FunctionName: namespacedFunctionName,
  FunctionVersion: version.optional(),
  Marker: z.string().optional(),
  MaxItems: queryInteger({ min: 1, max: 10_000 }),
});
