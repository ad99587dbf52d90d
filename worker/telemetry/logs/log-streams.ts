import type {
  CreateLogStreamRequest,
  DeleteLogStreamRequest,
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { JsonObject } from '../../../core/caller.ts';
import { choice, structure } from '../../../core/model.ts';
import { AwsFault } from '../aws-fault.ts';
import type { Scope } from '../operations.ts';
import { readOffset } from '../page.ts';
import { readInput } from '../read-input.ts';
import { SqlValues } from '../store/sql-values.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { findLogGroup, logGroupArn, noSuchStream } from './log-group-names.ts';
import { describeLimit, groupIdentifier, groupName, streamName, token } from './members.ts';

const createModel = structure<CreateLogStreamRequest>()({
  logGroupName: groupName(),
  logStreamName: streamName(),
});

/** CreateLogStream. @throws AwsFault ResourceAlreadyExistsException */
export async function createLogStream(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<object> {
  const { logGroupName, logStreamName } = readInput(createModel, input);
  findLogGroup(store, scope, { logGroupName });
  await store.change(async (writer) => {
    const group = findLogGroup(store, scope, { logGroupName });
    if ((await store.catalogue.findStream(writer, group, logStreamName)) !== undefined) {
      throw new AwsFault('ResourceAlreadyExistsException', 'The specified log stream already exists');
    }
    const { accountId, region } = scope;
    await store.catalogue.resolve(writer, [{ accountId, region, logGroupName, logStreamName }], store.now());
  });
  return {};
}

const deleteModel = structure<DeleteLogStreamRequest>()({
  logGroupName: groupName(),
  logStreamName: streamName(),
});

/** DeleteLogStream; its lines are invisible at once and gone from disk soon. */
export async function deleteLogStream(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<object> {
  const { logGroupName, logStreamName } = readInput(deleteModel, input);
  findLogGroup(store, scope, { logGroupName });
  await store.change(async (writer) => {
    const group = findLogGroup(store, scope, { logGroupName });
    if (!(await store.catalogue.deleteStream(writer, group, logStreamName))) throw noSuchStream();
  });
  return {};
}

const describeModel = structure<DescribeLogStreamsRequest>()({
  logGroupName: groupName().optional(),
  logGroupIdentifier: groupIdentifier().optional(),
  logStreamNamePrefix: streamName().optional(),
  orderBy: choice(['LogStreamName', 'LastEventTime']).optional(),
  descending: z.boolean().optional(),
  nextToken: token().optional(),
  limit: describeLimit().optional(),
});

/** DescribeLogStreams. What it says of events is computed from them, so it is never out of step. */
export async function describeLogStreams(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<DescribeLogStreamsResponse> {
  const request = readInput(describeModel, input);
  const group = findLogGroup(store, scope, request);
  const { logStreamNamePrefix: prefix = '', orderBy = 'LogStreamName', limit = 50 } = request;
  if (prefix !== '' && orderBy === 'LastEventTime') {
    throw new AwsFault(
      'InvalidParameterException',
      'Cannot order by LastEventTime with a logStreamNamePrefix.',
    );
  }
  const offset = readOffset(request.nextToken);
  const direction = request.descending ? 'DESC' : 'ASC';
  const values = new SqlValues();
  const groupId = values.add(group.id);
  const streams = `SELECT * FROM log_streams WHERE group_id = ${groupId} AND starts_with(name, ${values.add(prefix)})`;
  const page = `LIMIT ${limit + 1} OFFSET ${offset}`;
  const byName = orderBy === 'LogStreamName';
  const rows = await store.database.rows<{
    name: string;
    created_at: number;
    first_event: number | null;
    last_event: number | null;
    last_ingestion: number | null;
  }>(
    `WITH chosen AS (${streams} ${byName ? `ORDER BY name ${direction} ${page}` : ''}),
          lines AS (SELECT stream_id, min("timestamp") AS first_event, max("timestamp") AS last_event, max(ingested_at) AS last_ingestion
                    FROM log_lines WHERE group_id = ${groupId} AND stream_id IN (SELECT id FROM chosen) GROUP BY stream_id)
     SELECT name, created_at, first_event, last_event, last_ingestion FROM chosen LEFT JOIN lines ON stream_id = id
     ORDER BY ${byName ? `name ${direction}` : `coalesce(last_event, 0) ${direction}, name ${page}`}`,
    values.list,
  );
  const arn = `${logGroupArn(group, group.name)}:log-stream:`;
  return {
    logStreams: rows.slice(0, limit).map((row) => ({
      logStreamName: row.name,
      creationTime: row.created_at,
      firstEventTimestamp: row.first_event ?? undefined,
      lastEventTimestamp: row.last_event ?? undefined,
      lastIngestionTime: row.last_ingestion ?? undefined,
      arn: `${arn}${row.name}`,
      storedBytes: 0,
    })),
    nextToken: rows.length > limit ? String(offset + limit) : undefined,
  };
}
