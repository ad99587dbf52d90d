import { getCallerIdentity } from '../../../core/iam/get-caller-identity.ts';
import type { QueryService } from '../query/query-service.ts';

/** Who a key belongs to. Hearth gives out no temporary credentials yet. */
export const stsService: QueryService = {
  name: 'sts',
  version: '2011-06-15',
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  operations: { GetCallerIdentity: getCallerIdentity },
};
