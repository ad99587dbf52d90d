import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import type { Alias } from '../../prisma/generated/client.ts';
import { type FunctionReference, functionArn } from '../arn.ts';
import { ServiceError } from '../errors.ts';
import { readRouting } from './alias-routing.ts';

/** AliasConfiguration as Lambda shows it. */
export function describeAlias(reference: FunctionReference, alias: Alias): AliasConfiguration {
  const { version, additional } = readRouting(alias);
  return {
    AliasArn: functionArn(reference, alias.name),
    Name: alias.name,
    FunctionVersion: version,
    Description: alias.description,
    ...(additional && {
      RoutingConfig: { AdditionalVersionWeights: { [additional.version]: additional.weight } },
    }),
    RevisionId: alias.revisionId,
  };
}

/** The 404 of GetAlias, and of operations on what belongs to an alias. */
export function aliasNotFound(reference: FunctionReference, name: string): ServiceError {
  return new ServiceError(
    'ResourceNotFoundException',
    `Cannot find alias arn: ${functionArn(reference, name)}`,
  );
}
