import type { FilterLogEventsRequest, FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { JsonObject } from '../../../core/caller.ts';
import { structure, unsupported } from '../../../core/model.ts';
import { AwsFault } from '../aws-fault.ts';
import { FilterPatternError } from '../filter-pattern/filter-pattern.ts';
import { filterPatternSql } from '../filter-pattern/filter-pattern-sql.ts';
import { parseFilterPattern } from '../filter-pattern/parse-filter-pattern.ts';
import type { Scope } from '../operations.ts';
import { invalidToken } from '../page.ts';
import { readInput } from '../read-input.ts';
import { readLines } from '../store/read-lines.ts';
import { SqlValues } from '../store/sql-values.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { findLogGroup } from './log-group-names.ts';
import {
  eventsLimit,
  filterPattern,
  groupIdentifier,
  groupName,
  streamName,
  streamNames,
  time,
  token,
} from './members.ts';

const model = structure<FilterLogEventsRequest & { startFromHead?: boolean }>()({
  logGroupName: groupName().optional(),
  logGroupIdentifier: groupIdentifier().optional(),
  logStreamNames: streamNames().optional(),
  logStreamNamePrefix: streamName().optional(),
  startTime: time().optional(),
  endTime: time().optional(),
  filterPattern: filterPattern().optional(),
  nextToken: token().optional(),
  limit: eventsLimit().optional(),
  /** Without effect since 2019. */
  interleaved: z.boolean().optional(),
  unmask: unsupported(z.boolean(), (value) => !value),
  startFromHead: z.boolean().optional(),
});

/** FilterLogEvents: the events of a group, the oldest first unless asked otherwise. */
export async function filterLogEvents(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<FilterLogEventsResponse> {
  const request = readInput(model, input);
  const group = findLogGroup(store, scope, request);
  if (request.logStreamNames && request.logStreamNamePrefix !== undefined) {
    throw new AwsFault(
      'InvalidParameterException',
      'logStreamNames and logStreamNamePrefix are mutually exclusive parameters.',
    );
  }
  const { limit = 10_000, startFromHead = true } = request;
  const values = new SqlValues();
  const conditions = [`group_id = ${values.add(group.id)}`];
  if (request.startTime !== undefined) conditions.push(`"timestamp" >= ${request.startTime}`);
  if (request.endTime !== undefined) conditions.push(`"timestamp" <= ${request.endTime}`);
  const streams = streamCondition(request, values);
  if (streams) {
    conditions.push(`stream_id IN (SELECT id FROM log_streams WHERE group_id = ${group.id} AND ${streams})`);
  }
  if (request.nextToken !== undefined) conditions.push(afterToken(request.nextToken, startFromHead));
  if (request.filterPattern !== undefined) conditions.push(patternCondition(request.filterPattern, values));
  const { lines, isComplete } = await readLines(store, conditions.join(' AND '), values, {
    newestFirst: !startFromHead,
    limit,
  });
  const last = lines.at(-1);
  return {
    events: lines.map((line) => ({
      logStreamName: line.streamName,
      timestamp: line.timestamp,
      message: line.message,
      ingestionTime: line.ingestedAt,
      eventId: eventIdOf(line),
    })),
    searchedLogStreams: [],
    nextToken: last && !isComplete ? `${last.timestamp}/${last.sequence}` : undefined,
  };
}

/** @throws AwsFault InvalidParameterException that names the place of the mistake. */
export function patternCondition(pattern: string, values: SqlValues): string {
  try {
    return `(${filterPatternSql(parseFilterPattern(pattern), values)})`;
  } catch (error) {
    if (!(error instanceof FilterPatternError)) throw error;
    throw new AwsFault('InvalidParameterException', `Invalid filter pattern: ${error.message}`);
  }
}

/** 56 digits, as AWS's ids have, that rise with time. */
function eventIdOf({ timestamp, sequence }: { timestamp: number; sequence: number }): string {
  return `3${String(timestamp).padStart(15, '0')}${String(sequence).padStart(40, '0')}`;
}

function streamCondition(
  { logStreamNames, logStreamNamePrefix }: { logStreamNames?: string[]; logStreamNamePrefix?: string },
  values: SqlValues,
): string | undefined {
  if (logStreamNames) return `name IN (${logStreamNames.map((name) => values.add(name)).join()})`;
  if (logStreamNamePrefix === undefined) return undefined;
  return `starts_with(name, ${values.add(logStreamNamePrefix)})`;
}

function afterToken(token: string, ascending: boolean): string {
  const [, timestamp, sequence] = /^(\d{1,16})\/(\d{1,16})$/.exec(token) ?? [];
  if (timestamp === undefined || sequence === undefined) throw invalidToken();
  const operator = ascending ? '>' : '<';
  return `("timestamp" ${operator} ${timestamp} OR ("timestamp" = ${timestamp} AND sequence ${operator} ${sequence}))`;
}
