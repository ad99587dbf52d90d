import { z } from 'zod';
import type { JsonObject } from '../../../core/caller.ts';
import { AwsFault } from '../aws-fault.ts';
import type { Scope } from '../operations.ts';
import { readInput } from '../read-input.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { dimensions, metricName, namespace, timestamp, unit } from './metric-members.ts';
import type { MetricDatum } from './metric-values.ts';

const maxData = 1000;
const maxValues = 150;
const oldestMilliseconds = 14 * 86_400_000;
const newestMilliseconds = 2 * 3_600_000;

const numbers = z
  .array(z.number())
  .refine((all) => all.length <= maxValues, `Member must have length less than or equal to ${maxValues}`);
const datum = z.object({
  MetricName: metricName(),
  Dimensions: dimensions().default({}),
  Timestamp: timestamp().optional(),
  Unit: unit().default('None'),
  Value: z.number().optional(),
  Values: numbers.optional(),
  Counts: numbers.optional(),
  StatisticValues: z
    .object({ SampleCount: z.number(), Sum: z.number(), Minimum: z.number(), Maximum: z.number() })
    .optional(),
  /** 1 asks for seconds; Hearth keeps every value with its own time, and reads by the minute. */
  StorageResolution: z.int().optional(),
});
const model = z.object({ Namespace: namespace(), MetricData: z.array(datum).default([]) });

/** PutMetricData. */
export async function putMetricData(store: TelemetryStore, scope: Scope, input: JsonObject): Promise<object> {
  const { Namespace, MetricData } = readInput(model, input);
  if (Namespace.startsWith('AWS/')) {
    throw new AwsFault('InvalidParameterValue', 'The value AWS/ for parameter Namespace is invalid.');
  }
  if (MetricData.length > maxData) {
    throw new AwsFault(
      'InvalidParameterValue',
      `The collection MetricData must not have a size greater than ${maxData}.`,
    );
  }
  const now = store.now();
  const data = MetricData.map((given) => ({ scope, datum: readDatum(Namespace, given, now) }));
  await store.change((writer) => store.metricSeries.append(writer, data));
  return {};
}

function readDatum(namespace: string, given: z.output<typeof datum>, now: number): MetricDatum {
  const { Value, Values, Counts, StatisticValues: set, Timestamp: time = now } = given;
  if (time < now - oldestMilliseconds || time > now + newestMilliseconds) {
    throw new AwsFault(
      'InvalidParameterValue',
      'The parameter MetricData.member.1.Timestamp must specify a time no more than two weeks in the past and two hours in the future.',
    );
  }
  if ([Value, Values, set].filter((one) => one !== undefined).length !== 1) {
    throw new AwsFault(
      'InvalidParameterCombination',
      'At least one of the parameters must be specified, and only one: Value, Values, StatisticValues.',
    );
  }
  if (Counts && Counts.length !== Values?.length) {
    throw new AwsFault(
      'InvalidParameterValue',
      'The parameters Values and Counts must have the same length.',
    );
  }
  const values = Value === undefined ? (Values ?? []) : [Value];
  return {
    namespace,
    name: given.MetricName,
    dimensions: given.Dimensions,
    timestamp: time,
    unit: given.Unit,
    values: values.map((value, index) => ({ value, count: Counts?.[index] ?? 1 })),
    ...(set && {
      summary: { minimum: set.Minimum, maximum: set.Maximum, sum: set.Sum, count: set.SampleCount },
    }),
  };
}
