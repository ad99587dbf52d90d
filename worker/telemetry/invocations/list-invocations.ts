import { z } from 'zod';
import type { JsonObject } from '../../../core/caller.ts';
import { choice, integer, maxLength, text } from '../../../core/model.ts';
import type { Scope } from '../operations.ts';
import { invalidToken } from '../page.ts';
import { readInput } from '../read-input.ts';
import { SqlValues } from '../store/sql-values.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { describeInvocation, type InvocationRow, type InvocationSummary } from './invocation-summary.ts';

const milliseconds = () => integer({ min: 0, max: Number.MAX_SAFE_INTEGER }).optional();
const name = () => text(maxLength(256)).optional();

const model = z.strictObject({
  functionName: name(),
  /** `$LATEST` or a number. */
  version: name(),
  requestId: name(),
  status: choice(['success', 'error', 'timeout', 'failure', 'any-failure']).optional(),
  coldStart: z.boolean().optional(),
  minDurationMilliseconds: milliseconds(),
  /** Milliseconds since the epoch, this one included. */
  startTime: milliseconds(),
  /** Milliseconds since the epoch, this one not. */
  endTime: milliseconds(),
  /** Only what was stored after the invocation of this `sequence`. */
  after: milliseconds(),
  limit: integer({ min: 1, max: 200 }).optional(),
  nextToken: text(maxLength(64)).optional(),
});

export interface InvocationList {
  invocations: InvocationSummary[];
  nextToken?: string;
}

/** Invocations, the newest first, as far as the filters let them through. */
export async function listInvocations(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<InvocationList> {
  const request = readInput(model, input);
  const { limit = 50, nextToken } = request;
  const values = new SqlValues();
  const conditions = [`account_id = ${values.add(scope.accountId)}`, `region = ${values.add(scope.region)}`];
  const compare = (column: string, operator: '=' | '>' | '>=' | '<', value: string | number | undefined) => {
    if (value !== undefined) conditions.push(`${column} ${operator} ${values.add(value)}`);
  };
  compare('function_name', '=', request.functionName);
  compare('version', '=', request.version);
  compare('request_id', '=', request.requestId);
  if (request.status === 'any-failure') conditions.push(`status <> 'success'`);
  else compare('status', '=', request.status);
  if (request.coldStart !== undefined) conditions.push(`init_ms IS ${request.coldStart ? 'NOT ' : ''}NULL`);
  compare('duration_ms', '>=', request.minDurationMilliseconds);
  compare('started_at', '>=', request.startTime);
  compare('started_at', '<', request.endTime);
  compare('sequence', '>', request.after);
  if (nextToken !== undefined) {
    if (!/^\d{1,16}$/.test(nextToken)) throw invalidToken();
    compare('sequence', '<', Number(nextToken));
  }
  const rows = await store.database.rows<InvocationRow>(
    `SELECT * FROM invocations WHERE ${conditions.join(' AND ')} ORDER BY sequence DESC LIMIT ${limit + 1}`,
    values.list,
  );
  const page = rows.slice(0, limit);
  return {
    invocations: page.map(describeInvocation),
    ...(rows.length > limit && { nextToken: String(page.at(-1)?.sequence) }),
  };
}
