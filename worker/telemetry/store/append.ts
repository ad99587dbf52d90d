import {
  BIGINT,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  UINTEGER,
  UTINYINT,
  VARCHAR,
} from '@duckdb/node-api';
import { levelOf } from './log-level.ts';
import { splitMessage } from './split-message.ts';

/** Rows that DuckDB takes at once. */
const chunkRows = 2048;

const lineTypes = [BIGINT, BIGINT, BIGINT, UINTEGER, UINTEGER, UTINYINT, VARCHAR];

/** Log lines on their way into the table `log_lines`, column by column. */
export class LineRows {
  readonly #columns: DuckDBValue[][] = lineTypes.map(() => []);
  readonly #ingestedAt: bigint;
  readonly #nextSequence: () => bigint;

  /** @param ingestedAt milliseconds since the epoch. */
  constructor(ingestedAt: number, nextSequence: () => bigint) {
    this.#ingestedAt = BigInt(ingestedAt);
    this.#nextSequence = nextSequence;
  }

  /** Adds one message, as several lines when it is too long for one. @returns the sequence of the last. */
  add(groupId: number, streamId: number, line: { timestamp: number; message: string }): bigint {
    const timestamp = BigInt(Math.floor(line.timestamp));
    const level = levelOf(line.message);
    let sequence = 0n;
    for (const message of splitMessage(line.message)) {
      sequence = this.#nextSequence();
      const row = [timestamp, sequence, this.#ingestedAt, groupId, streamId, level, message];
      row.forEach((value, column) => {
        this.#columns[column]?.push(value);
      });
    }
    return sequence;
  }

  appendTo(writer: DuckDBConnection): Promise<void> {
    return appendColumns(writer, 'log_lines', lineTypes, this.#columns);
  }
}

/** Appends columns of equal length to a table. */
export async function appendColumns(
  writer: DuckDBConnection,
  table: string,
  types: readonly DuckDBType[],
  columns: readonly (readonly DuckDBValue[])[],
): Promise<void> {
  const rows = columns[0]?.length ?? 0;
  if (rows === 0) return;
  const appender = await writer.createAppender(table);
  try {
    for (let start = 0; start < rows; start += chunkRows) {
      const chunk = DuckDBDataChunk.create(types);
      chunk.setColumns(columns.map((column) => column.slice(start, start + chunkRows)));
      appender.appendDataChunk(chunk);
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}
