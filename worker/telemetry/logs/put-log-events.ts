import type { PutLogEventsRequest, PutLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { JsonObject } from '../../../core/caller.ts';
import { minLength, structure, text } from '../../../core/model.ts';
import { AwsFault } from '../aws-fault.ts';
import { readEmbeddedMetrics } from '../metrics/embedded-metrics.ts';
import type { Scope } from '../operations.ts';
import { readInput } from '../read-input.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { findLogGroup, noSuchStream } from './log-group-names.ts';
import { groupName, streamName, time } from './members.ts';

const maxEvents = 10_000;
const maxBatchBytes = 1_048_576;
const eventOverheadBytes = 26;
const hourMilliseconds = 3_600_000;
const dayMilliseconds = 24 * hourMilliseconds;
const oldestMilliseconds = 14 * dayMilliseconds;
const newestMilliseconds = 2 * hourMilliseconds;

const event = z.object({
  timestamp: time(),
  message: text(minLength(1)),
});
const model = structure<PutLogEventsRequest>()({
  logGroupName: groupName(),
  logStreamName: streamName(),
  logEvents: z
    .array(event)
    .refine((events) => events.length >= 1, 'Member must have length greater than or equal to 1')
    .refine(
      (events) => events.length <= maxEvents,
      `Member must have length less than or equal to ${maxEvents}`,
    ),
  /** Without effect since 2023. */
  sequenceToken: z.string().optional(),
  /** Names who sends, for Application Signals. */
  entity: z.looseObject({}).optional(),
});

/** PutLogEvents. Events too old or too new are not kept, and the answer names them. */
export async function putLogEvents(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<PutLogEventsResponse> {
  const { logGroupName, logStreamName, logEvents } = readInput(model, input);
  const now = store.now();
  checkBatch(logEvents);
  const group = findLogGroup(store, scope, { logGroupName });
  const retention = (group.retentionDays ?? Number.POSITIVE_INFINITY) * dayMilliseconds;
  const tooOld = countBefore(logEvents, now - oldestMilliseconds);
  const expired = countBefore(logEvents, now - retention);
  const tooNew = countBefore(logEvents, now + newestMilliseconds + 1);
  const accepted = logEvents.slice(Math.max(tooOld, expired), tooNew);
  await store.change(async (writer) => {
    const group = findLogGroup(store, scope, { logGroupName });
    const streamId = await store.catalogue.findStream(writer, group, logStreamName);
    if (streamId === undefined) throw noSuchStream();
    const rows = store.lineRows(now);
    for (const { timestamp, message } of accepted) {
      rows.add(group.id, streamId, { timestamp, message });
      group.storedBytes += Buffer.byteLength(message);
    }
    await rows.appendTo(writer);
    const metrics = accepted.flatMap(({ message }) => readEmbeddedMetrics(message, now));
    await store.metricSeries.append(
      writer,
      metrics.map((datum) => ({ scope, datum })),
    );
    await store.catalogue.update(writer, group);
  });
  const rejected = {
    ...(tooNew < logEvents.length && { tooNewLogEventStartIndex: tooNew }),
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(expired > 0 && { expiredLogEventEndIndex: expired }),
  };
  return Object.keys(rejected).length > 0 ? { rejectedLogEventsInfo: rejected } : {};
}

function checkBatch(events: readonly { timestamp: number; message: string }[]): void {
  const inOrder = events.every(({ timestamp }, index) => timestamp >= (events[index - 1]?.timestamp ?? 0));
  if (!inOrder) {
    throw new AwsFault(
      'InvalidParameterException',
      'Log events in a single PutLogEvents request must be in chronological order.',
    );
  }
  if ((events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0) > dayMilliseconds) {
    throw new AwsFault(
      'InvalidParameterException',
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    );
  }
  const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + eventOverheadBytes, 0);
  if (bytes > maxBatchBytes) {
    throw new AwsFault(
      'InvalidParameterException',
      `Upload too large: ${bytes} bytes exceeds limit of ${maxBatchBytes}`,
    );
  }
}

/** How many events, which are in order, are before a time. */
function countBefore(events: readonly { timestamp: number }[], time: number): number {
  const first = events.findIndex(({ timestamp }) => timestamp >= time);
  return first < 0 ? events.length : first;
}
