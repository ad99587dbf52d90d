import type { Sql } from './compile-expression.ts';

const kinds = 'START|END|REPORT|INIT_START|INIT_REPORT|RESTORE_START|RESTORE_REPORT|EXTENSION|TELEMETRY';
const megabyte = 1_000_000;

/** The fields that Insights finds in every event, and those that it finds in the lines of Lambda's text format. */
export const discoveredFields: ReadonlyMap<string, Sql> = new Map<string, Sql>([
  ['@timestamp', { sql: 'ts', type: 'time' }],
  ['@ingestionTime', { sql: 'ingested', type: 'time' }],
  ['@message', { sql: 'message', type: 'text' }],
  ['@logStream', { sql: 'stream', type: 'text' }],
  ['@log', { sql: 'log', type: 'text' }],
  ['@ptr', { sql: 'to_base64(CAST(CAST(seq AS VARCHAR) AS BLOB))', type: 'text' }],
  [
    '@type',
    {
      sql: `coalesce(nullif(regexp_extract(message, '^(${kinds})\\b', 1), ''), json_extract_string(document, '$.type'))`,
      type: 'text',
    },
  ],
  [
    '@requestId',
    {
      sql: `coalesce(nullif(regexp_extract(message, 'RequestId: ([0-9a-f-]{36})', 1), ''), nullif(regexp_extract(message, '^\\S+\\t([0-9a-f-]{36})\\t', 1), ''), nullif(regexp_extract(message, '^\\[[A-Z]+\\]\\t\\S+\\t([0-9a-f-]{36})\\t', 1), ''), json_extract_string(document, '$.requestId'), json_extract_string(document, '$.record.requestId'))`,
      type: 'text',
    },
  ],
  ['@duration', reported('\\tDuration: ([0-9.]+) ms', 1)],
  ['@billedDuration', reported('\\tBilled Duration: ([0-9.]+) ms', 1)],
  ['@initDuration', reported('\\tInit Duration: ([0-9.]+) ms', 1)],
  ['@memorySize', reported('\\tMemory Size: ([0-9]+) MB', megabyte)],
  ['@maxMemoryUsed', reported('\\tMax Memory Used: ([0-9]+) MB', megabyte)],
  ['@xrayTraceId', { sql: `nullif(regexp_extract(message, 'XRAY TraceId: (\\S+)', 1), '')`, type: 'text' }],
  ['@xraySegmentId', { sql: `nullif(regexp_extract(message, '\\tSegmentId: (\\S+)', 1), '')`, type: 'text' }],
]);

/** A number of the REPORT line. */
function reported(pattern: string, factor: number): Sql {
  const sql = `CASE WHEN starts_with(message, 'REPORT') THEN TRY_CAST(regexp_extract(message, '${pattern}', 1) AS DOUBLE) * ${factor} END`;
  return { sql, type: 'number' };
}
