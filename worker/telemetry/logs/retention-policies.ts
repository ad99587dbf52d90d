import type {
  DeleteRetentionPolicyRequest,
  PutRetentionPolicyRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { JsonObject } from '../../../core/caller.ts';
import { structure } from '../../../core/model.ts';
import { AwsFault } from '../aws-fault.ts';
import type { Scope } from '../operations.ts';
import { readInput } from '../read-input.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { findLogGroup } from './log-group-names.ts';
import { groupName } from './members.ts';

/** The numbers of days that AWS offers. */
const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const putModel = structure<PutRetentionPolicyRequest>()({
  logGroupName: groupName(),
  retentionInDays: z.int(),
});

/** PutRetentionPolicy. */
export async function putRetentionPolicy(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<object> {
  const { logGroupName, retentionInDays } = readInput(putModel, input);
  if (!retentionDays.includes(retentionInDays)) {
    throw new AwsFault(
      'InvalidParameterException',
      `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentionDays.join(', ')}]`,
    );
  }
  return setRetention(store, scope, logGroupName, retentionInDays);
}

const deleteModel = structure<DeleteRetentionPolicyRequest>()({ logGroupName: groupName() });

/** DeleteRetentionPolicy: lines are kept for ever. */
export async function deleteRetentionPolicy(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<object> {
  return setRetention(store, scope, readInput(deleteModel, input).logGroupName, undefined);
}

async function setRetention(
  store: TelemetryStore,
  scope: Scope,
  logGroupName: string,
  days: number | undefined,
): Promise<object> {
  findLogGroup(store, scope, { logGroupName });
  await store.change((writer) => {
    const group = findLogGroup(store, scope, { logGroupName });
    group.retentionDays = days;
    return store.catalogue.update(writer, group);
  });
  return {};
}
