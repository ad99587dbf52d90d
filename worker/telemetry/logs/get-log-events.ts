import type { GetLogEventsRequest, GetLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { JsonObject } from '../../../core/caller.ts';
import { structure, unsupported } from '../../../core/model.ts';
import type { Scope } from '../operations.ts';
import { invalidToken } from '../page.ts';
import { readInput } from '../read-input.ts';
import { readLines } from '../store/read-lines.ts';
import { SqlValues } from '../store/sql-values.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { findLogGroup, noSuchStream } from './log-group-names.ts';
import { eventsLimit, groupIdentifier, groupName, streamName, time, token } from './members.ts';

const model = structure<GetLogEventsRequest>()({
  logGroupName: groupName().optional(),
  logGroupIdentifier: groupIdentifier().optional(),
  logStreamName: streamName(),
  startTime: time().optional(),
  endTime: time().optional(),
  nextToken: token().optional(),
  limit: eventsLimit().optional(),
  startFromHead: z.boolean().optional(),
  unmask: unsupported(z.boolean(), (value) => !value),
});

/** A place between two events: forward from it, or backward. */
interface Place {
  forward: boolean;
  timestamp: number;
  sequence: number;
}

/**
 * GetLogEvents: a page of one stream, always in the order of time; without a token the first or the last one. A token
 * leads to events not yet seen, and to itself where there are none.
 */
export async function getLogEvents(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<GetLogEventsResponse> {
  const request = readInput(model, input);
  const group = findLogGroup(store, scope, request);
  const reader = await store.database.connect();
  const streamId = await store.catalogue
    .findStream(reader, group, request.logStreamName)
    .finally(() => reader.closeSync());
  if (streamId === undefined) throw noSuchStream();
  const place = request.nextToken === undefined ? undefined : readPlace(request.nextToken);
  const forward = place?.forward ?? request.startFromHead ?? false;
  const conditions = [`group_id = ${group.id} AND stream_id = ${streamId}`];
  if (request.startTime !== undefined) conditions.push(`"timestamp" >= ${request.startTime}`);
  if (request.endTime !== undefined) conditions.push(`"timestamp" < ${request.endTime}`);
  if (place) conditions.push(beyond(place));
  const options = { newestFirst: !forward, limit: request.limit ?? 10_000 };
  const { lines } = await readLines(store, conditions.join(' AND '), new SqlValues(), options);
  if (!forward) lines.reverse();
  const origin = place ?? { timestamp: request.startTime ?? 0, sequence: 0 };
  return {
    events: lines.map(({ timestamp, message, ingestedAt }) => ({
      timestamp,
      message,
      ingestionTime: ingestedAt,
    })),
    nextForwardToken: tokenOf('f', lines.at(-1) ?? origin),
    nextBackwardToken: tokenOf('b', lines[0] ?? origin),
  };
}

function tokenOf(direction: 'f' | 'b', { timestamp, sequence }: Omit<Place, 'forward'>): string {
  return `${direction}/${timestamp}/${sequence}/s`;
}

function readPlace(token: string): Place {
  const [, direction, timestamp, sequence] = /^([fb])\/(\d{1,16})\/(\d{1,16})\/s$/.exec(token) ?? [];
  if (!direction) throw invalidToken();
  return { forward: direction === 'f', timestamp: Number(timestamp), sequence: Number(sequence) };
}

function beyond({ forward, timestamp, sequence }: Place): string {
  const operator = forward ? '>' : '<';
  return `("timestamp" ${operator} ${timestamp} OR ("timestamp" = ${timestamp} AND sequence ${operator} ${sequence}))`;
}
