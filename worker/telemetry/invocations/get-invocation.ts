import { z } from 'zod';
import type { JsonObject } from '../../../core/caller.ts';
import { maxLength, text } from '../../../core/model.ts';
import { AwsFault } from '../aws-fault.ts';
import type { Scope } from '../operations.ts';
import { readInput } from '../read-input.ts';
import { readLines } from '../store/read-lines.ts';
import { SqlValues } from '../store/sql-values.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { describeInvocation, type InvocationRow, type InvocationSummary } from './invocation-summary.ts';

const model = z.strictObject({ requestId: text(maxLength(256)) });
const maxLines = 10_000;

/** An invocation with all that was kept of it. */
export interface InvocationDetail extends InvocationSummary {
  logStreamName?: string;
  logLines: { timestamp: number; message: string }[];
  /** False when there are more lines than an answer can hold. */
  logIsComplete: boolean;
  /** JSON text, as far as it was kept. */
  event?: string;
  response?: string;
}

/** One invocation by its request id. @throws AwsFault ResourceNotFoundException */
export async function getInvocation(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<InvocationDetail> {
  const { requestId } = readInput(model, input);
  const [row] = await store.database.rows<InvocationRow & { sealed: Uint8Array | null }>(
    `SELECT invocations.*, sealed FROM invocations LEFT JOIN payloads USING (sequence)
     WHERE request_id = $1 AND account_id = $2 AND region = $3`,
    [requestId, scope.accountId, scope.region],
  );
  if (!row) {
    throw new AwsFault(
      'ResourceNotFoundException',
      `No invocation has the request id ${requestId}, or it is no longer kept.`,
    );
  }
  const { lines, isComplete } = await linesOf(store, row);
  const payloads = row.sealed && store.payloadCipher.decrypt(row.sealed, requestId);
  return {
    ...describeInvocation(row),
    ...(lines[0] && { logStreamName: lines[0].streamName }),
    logLines: lines.map(({ timestamp, message }) => ({ timestamp, message })),
    logIsComplete: isComplete,
    ...(payloads?.event && { event: Buffer.from(payloads.event).toString() }),
    ...(payloads?.response && { response: Buffer.from(payloads.response).toString() }),
  };
}

async function linesOf(store: TelemetryStore, { stream_id, first_line, last_line }: InvocationRow) {
  if (first_line === null || last_line === null) return { lines: [], isComplete: true };
  const condition = `stream_id = ${stream_id} AND sequence BETWEEN ${first_line} AND ${last_line}`;
  return readLines(store, condition, new SqlValues(), { newestFirst: false, limit: maxLines });
}
