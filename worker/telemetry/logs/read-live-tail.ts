import type { StartLiveTailRequest } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { JsonObject } from '../../../core/caller.ts';
import { list, maxLength, minLength, structure } from '../../../core/model.ts';
import { AwsFault } from '../aws-fault.ts';
import type { Scope } from '../operations.ts';
import { readInput } from '../read-input.ts';
import { SqlValues } from '../store/sql-values.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { patternCondition } from './filter-log-events.ts';
import { findLogGroup } from './log-group-names.ts';
import { filterPattern, streamNames } from './members.ts';

/** Events of one update; what is more is left out, and the update says that it is a sample. */
const mostEvents = 500;

const model = structure<StartLiveTailRequest & { after?: number }>()({
  logGroupIdentifiers: list([minLength(1), maxLength(2048)], { min: 1, max: 10 }),
  logStreamNames: streamNames().optional(),
  logStreamNamePrefixes: streamNames().optional(),
  logEventFilterPattern: filterPattern().optional(),
  after: z.number().optional(),
});

/** What arrived since the last look. */
export interface LiveTailPage {
  events: {
    logStreamName: string;
    /** `account:group` */
    logGroupIdentifier: string;
    message: string;
    timestamp: number;
    ingestionTime: number;
  }[];
  isSample: boolean;
  /** Where the next look begins. */
  after: number;
}

/** One look of StartLiveTail at what was stored after `after`; without it there is nothing to see yet. */
export async function readLiveTail(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<LiveTailPage> {
  const request = readInput(model, input);
  const groups = request.logGroupIdentifiers.map((logGroupIdentifier) =>
    findLogGroup(store, scope, { logGroupIdentifier }),
  );
  const { logStreamNames: names, logStreamNamePrefixes: prefixes } = request;
  if (names && prefixes) throw invalid('logStreamNames and logStreamNamePrefixes are mutually exclusive.');
  if ((names ?? prefixes) && groups.length > 1)
    throw invalid('Log streams can be given for one log group only.');
  const values = new SqlValues();
  const conditions = [
    `sequence > ${request.after ?? Number.MAX_SAFE_INTEGER}`,
    `log_lines.group_id IN (${groups.map(({ id }) => id).join()})`,
  ];
  if (names) conditions.push(`name IN (${names.map((name) => values.add(name)).join()})`);
  if (prefixes) {
    conditions.push(`(${prefixes.map((prefix) => `starts_with(name, ${values.add(prefix)})`).join(' OR ')})`);
  }
  conditions.push(patternCondition(request.logEventFilterPattern ?? '', values));
  const [end] = await store.database.rows<{ sequence: number | null }>(
    'SELECT max(sequence) AS sequence FROM log_lines',
  );
  const after = end?.sequence ?? 0;
  const rows = await store.database.rows<{
    group_id: number;
    name: string;
    message: string;
    timestamp: number;
    ingested_at: number;
  }>(
    `SELECT log_lines.group_id, name, message, "timestamp", ingested_at FROM log_lines JOIN log_streams ON stream_id = id
     WHERE ${conditions.join(' AND ')} AND sequence <= ${after} ORDER BY sequence LIMIT ${mostEvents + 1}`,
    values.list,
  );
  const groupNames = new Map(groups.map(({ id, name }) => [id, `${scope.accountId}:${name}`]));
  return {
    events: rows.slice(0, mostEvents).map((row) => ({
      logStreamName: row.name,
      logGroupIdentifier: groupNames.get(row.group_id) ?? '',
      message: row.message,
      timestamp: row.timestamp,
      ingestionTime: row.ingested_at,
    })),
    isSample: rows.length > mostEvents,
    after,
  };
}

function invalid(message: string): AwsFault {
  return new AwsFault('InvalidParameterException', message);
}
