import type {
  DescribeQueriesRequest,
  GetQueryResultsRequest,
  StartQueryRequest,
  StopQueryRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { JsonObject } from '../../../core/caller.ts';
import {
  choice,
  integer,
  list,
  maxLength,
  minLength,
  structure,
  text,
  unsupported,
} from '../../../core/model.ts';
import { AwsFault } from '../aws-fault.ts';
import { compileQuery } from '../insights/compile-query.ts';
import { parseQuery } from '../insights/parse-query.ts';
import { QueryError } from '../insights/query-error.ts';
import type { QueryRun } from '../insights/query-runs.ts';
import type { Scope } from '../operations.ts';
import { pageOf } from '../page.ts';
import { readInput } from '../read-input.ts';
import type { LogGroup } from '../store/log-catalogue.ts';
import { SqlValues } from '../store/sql-values.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { findLogGroup } from './log-group-names.ts';
import { groupName, time, token } from './members.ts';

const groupLists = () => list([minLength(1), maxLength(2048)], { max: 50 });
const defaultRows = 10_000;

const startModel = structure<StartQueryRequest>()({
  queryLanguage: unsupported(choice(['CWLI', 'SQL', 'PPL']), (value) => value === 'CWLI'),
  logGroupName: groupName().optional(),
  logGroupNames: groupLists().optional(),
  logGroupIdentifiers: groupLists().optional(),
  /** Seconds since the epoch, both included. */
  startTime: time(),
  endTime: time(),
  queryString: text(maxLength(10_000)),
  limit: integer({ min: 1, max: 100_000 }).optional(),
});

/** StartQuery: Logs Insights. @throws AwsFault MalformedQueryException with the place of the mistake. */
export async function startQuery(store: TelemetryStore, scope: Scope, input: JsonObject): Promise<object> {
  const request = readInput(startModel, input);
  const { queryString, limit = defaultRows } = request;
  if (request.endTime < request.startTime) {
    throw new AwsFault('InvalidParameterException', 'The end time must not be before the start time.');
  }
  const groups = findGroups(store, scope, request);
  if (store.queries.isFull) throw new AwsFault('LimitExceededException', 'Resource limit exceeded.');
  const range = { startTime: request.startTime * 1000, endTime: request.endTime * 1000 + 999 };
  const condition = `log_lines.group_id IN (${groups.map(({ id }) => id).join()}) AND "timestamp" BETWEEN ${range.startTime} AND ${range.endTime}`;
  const values = new SqlValues();
  const names = groups.map(({ id, name }) => `WHEN ${id} THEN ${values.add(`${scope.accountId}:${name}`)}`);
  const source = `SELECT "timestamp" AS ts, sequence AS seq, ingested_at AS ingested, message, name AS stream, CASE log_lines.group_id ${names.join(' ')} END AS log
    FROM log_lines JOIN log_streams ON stream_id = id WHERE ${condition}`;
  try {
    const query = compileQuery(parseQuery(queryString), {
      values,
      source,
      now: store.now(),
      ...range,
      limit,
    });
    const run = await store.queries.start(
      { scope, queryString, logGroupNames: groups.map(({ name }) => name), createdAt: store.now() },
      query,
      values,
      `SELECT count(*) AS records FROM log_lines WHERE ${condition}`,
    );
    return { queryId: run.id };
  } catch (error) {
    throw malformed(error, queryString);
  }
}

/** What the parser lets through and the database does not, such as a figure of figures, has no place of its own. */
function malformed(error: unknown, queryString: string): unknown {
  const isOfDatabase =
    error instanceof Error && /^(Binder|Catalog|Conversion|Invalid Input|Parser) Error/.test(error.message);
  if (!(error instanceof QueryError) && !isOfDatabase) return error;
  const [startCharOffset, endCharOffset] =
    error instanceof QueryError ? [error.start, error.end] : [0, queryString.length];
  const problem = error instanceof QueryError ? error.message : 'its parts do not fit together';
  const message = `${problem} (characters ${startCharOffset}-${endCharOffset})`;
  return new AwsFault('MalformedQueryException', message, {
    queryCompileError: { location: { startCharOffset, endCharOffset }, message },
  });
}

function findGroups(
  store: TelemetryStore,
  scope: Scope,
  request: { logGroupName?: string; logGroupNames?: string[]; logGroupIdentifiers?: string[] },
): LogGroup[] {
  const given = [
    request.logGroupName === undefined ? undefined : [request.logGroupName],
    request.logGroupNames,
    request.logGroupIdentifiers,
  ].filter((names) => names !== undefined);
  const [names] = given;
  if (given.length !== 1 || !names || names.length === 0) {
    throw new AwsFault(
      'InvalidParameterException',
      'Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be given.',
    );
  }
  return names.map((logGroupIdentifier) => findLogGroup(store, scope, { logGroupIdentifier }));
}

const resultsModel = structure<GetQueryResultsRequest & { maxItems?: number; nextToken?: string }>()({
  queryId: text(maxLength(256)),
  maxItems: integer({ min: 1, max: 10_000 }).optional(),
  nextToken: token().optional(),
});

/** GetQueryResults, while the query runs and afterwards. */
export async function getQueryResults(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<object> {
  const { queryId, maxItems = defaultRows, nextToken } = readInput(resultsModel, input);
  const run = findRun(store, scope, queryId);
  const page = pageOf(run.results, maxItems, nextToken);
  return {
    queryLanguage: 'CWLI',
    status: run.status,
    results: run.status === 'Complete' ? page.items : [],
    statistics: {
      recordsMatched: run.results.length,
      recordsScanned: run.recordsScanned,
      bytesScanned: 0,
      estimatedRecordsSkipped: 0,
      estimatedBytesSkipped: 0,
      logGroupsScanned: run.logGroupNames.length,
    },
    ...(run.status === 'Complete' && page.nextToken !== undefined && { nextToken: page.nextToken }),
  };
}

const stopModel = structure<StopQueryRequest>()({ queryId: text(maxLength(256)) });

/** StopQuery. */
export async function stopQuery(store: TelemetryStore, scope: Scope, input: JsonObject): Promise<object> {
  const run = findRun(store, scope, readInput(stopModel, input).queryId);
  if (!store.queries.stop(run)) {
    throw new AwsFault('InvalidParameterException', 'The specified query is not running.');
  }
  return { success: true };
}

const describeModel = structure<DescribeQueriesRequest>()({
  logGroupName: groupName().optional(),
  status: choice([
    'Scheduled',
    'Running',
    'Complete',
    'Failed',
    'Cancelled',
    'Timeout',
    'Unknown',
  ]).optional(),
  maxResults: integer({ min: 1, max: 1000 }).optional(),
  nextToken: token().optional(),
  queryLanguage: unsupported(z.string(), (value) => value === 'CWLI'),
});

/** DescribeQueries, the newest first. */
export async function describeQueries(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<object> {
  const { logGroupName, status, maxResults = 1000, nextToken } = readInput(describeModel, input);
  const runs = store.queries
    .list(scope)
    .filter((run) => status === undefined || run.status === status)
    .filter((run) => logGroupName === undefined || run.logGroupNames.includes(logGroupName));
  const page = pageOf(runs, maxResults, nextToken);
  const queries = page.items.map((run) => ({
    queryLanguage: 'CWLI',
    queryId: run.id,
    queryString: run.queryString,
    status: run.status,
    createTime: run.createdAt,
    logGroupName: run.logGroupNames[0],
  }));
  return { queries, ...(page.nextToken !== undefined && { nextToken: page.nextToken }) };
}

function findRun(store: TelemetryStore, scope: Scope, id: string): QueryRun {
  const run = store.queries.find(scope, id);
  if (!run) throw new AwsFault('ResourceNotFoundException', `Query ${id} does not exist.`);
  return run;
}
