import {
  BIGINT,
  BLOB,
  blobValue,
  DOUBLE,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  UINTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import type { Batch, BatchedInvocation } from '../batch.ts';
import { appendColumns } from './append.ts';
import type { LineRanges } from './line-ranges.ts';
import type { PayloadCipher } from './payload-cipher.ts';
import { priceOf } from './price.ts';

// biome-ignore format: a line of the schema is a line here
const invocationTypes = [
  BIGINT, VARCHAR, VARCHAR, VARCHAR,
  VARCHAR, VARCHAR, VARCHAR, VARCHAR,
  UINTEGER,
  BIGINT, BIGINT,
  BIGINT, DOUBLE, DOUBLE, INTEGER,
  DOUBLE, INTEGER, INTEGER,
  VARCHAR, VARCHAR, VARCHAR,
  INTEGER, INTEGER, DOUBLE,
];
const payloadTypes = [BIGINT, BIGINT, BLOB];
/** Of an error's message that is kept beside the invocation, in characters. */
const longestErrorMessage = 1024;

interface InvocationContext {
  streams: readonly { streamId: number }[];
  ranges: LineRanges;
  cipher: PayloadCipher;
  nextSequence(): bigint;
}

/** Keeps the invocations of a batch, with their events and responses where those came along. */
export async function appendInvocations(
  writer: DuckDBConnection,
  batch: Batch,
  context: InvocationContext,
): Promise<void> {
  const records = new Rows(invocationTypes);
  const payloads = new Rows(payloadTypes);
  for (let index = 0; index < batch.invocations.requestId.length; index += 1) {
    const invocation = rowAt(batch, index);
    const sequence = context.nextSequence();
    const startedAt = BigInt(Math.floor(invocation.startedAt));
    const event = payloadAt(batch, invocation.event, invocation.eventBytes);
    const response = payloadAt(batch, invocation.response, invocation.responseBytes);
    const row = recordRow(batch, invocation, response, context);
    if (!row) continue;
    records.add([sequence, ...row]);
    if (!event && !response) continue;
    const sealed = context.cipher.encrypt({ event, response }, invocation.requestId);
    payloads.add([sequence, startedAt, blobValue(sealed)]);
  }
  await records.appendTo(writer, 'invocations');
  await payloads.appendTo(writer, 'payloads');
}

function recordRow(
  batch: Batch,
  invocation: BatchedInvocation,
  response: Uint8Array | undefined,
  { streams, ranges }: InvocationContext,
): DuckDBValue[] | undefined {
  const facts = batch.functions[invocation.function];
  const stream = streams[invocation.stream];
  if (!facts || !stream) return undefined;
  const range = ranges.take(invocation.requestId);
  const error = invocation.status === 'success' ? {} : readError(response);
  return [
    invocation.requestId,
    facts.accountId,
    facts.region,
    facts.functionName,
    facts.version,
    invocation.invokedFunctionArn,
    invocation.callerArn,
    stream.streamId,
    range?.first ?? null,
    range?.last ?? null,
    BigInt(Math.floor(invocation.startedAt)),
    invocation.waitedMilliseconds,
    invocation.durationMilliseconds,
    invocation.billedMilliseconds,
    invocation.initMilliseconds,
    facts.memoryMegabytes,
    Math.round(invocation.maxMemoryMegabytes),
    invocation.status,
    invocation.errorType ?? error.errorType ?? null,
    error.errorMessage ?? null,
    invocation.eventBytes,
    invocation.responseBytes,
    priceOf(invocation.billedMilliseconds, facts.memoryMegabytes),
  ];
}

/** What the error object of a failed invocation says, as far as it is one. */
function readError(response: Uint8Array | undefined): { errorType?: string; errorMessage?: string } {
  if (!response) return {};
  try {
    const error: unknown = JSON.parse(Buffer.from(response).toString());
    if (typeof error !== 'object' || error === null) return {};
    const { errorType, errorMessage } = error as Record<string, unknown>;
    return {
      ...(typeof errorType === 'string' && { errorType: errorType.slice(0, longestErrorMessage) }),
      ...(typeof errorMessage === 'string' && { errorMessage: errorMessage.slice(0, longestErrorMessage) }),
    };
  } catch {
    return {};
  }
}

function rowAt({ invocations }: Batch, index: number): BatchedInvocation {
  const row: Record<string, unknown> = {};
  for (const name in invocations) row[name] = invocations[name as keyof BatchedInvocation][index];
  return row as unknown as BatchedInvocation;
}

function payloadAt({ payloads }: Batch, start: number, bytes: number): Uint8Array | undefined {
  return start < 0 ? undefined : payloads.subarray(start, start + bytes);
}

/** Rows on their way into a table. */
class Rows {
  readonly #types: readonly DuckDBType[];
  readonly #columns: DuckDBValue[][];

  constructor(types: readonly DuckDBType[]) {
    this.#types = types;
    this.#columns = types.map(() => []);
  }

  add(row: readonly DuckDBValue[]): void {
    row.forEach((value, column) => {
      this.#columns[column]?.push(value);
    });
  }

  appendTo(writer: DuckDBConnection, table: string): Promise<void> {
    return appendColumns(writer, table, this.#types, this.#columns);
  }
}
