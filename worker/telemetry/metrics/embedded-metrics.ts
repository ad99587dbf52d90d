import { z } from 'zod';
import type { MetricDatum } from './metric-values.ts';

const maxValues = 100;
const oldestMilliseconds = 14 * 86_400_000;
const newestMilliseconds = 2 * 3_600_000;

const envelope = z.object({
  _aws: z.object({
    Timestamp: z.int(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string().min(1).max(1024),
        Dimensions: z.array(z.array(z.string()).max(30)),
        Metrics: z
          .array(z.object({ Name: z.string().min(1).max(1024), Unit: z.string().default('None') }))
          .max(100),
      }),
    ),
  }),
});
const measured = z.union([z.number(), z.array(z.number()).min(1).max(maxValues)]);

/**
 * The metrics that a log line carries in CloudWatch's Embedded Metric Format; none when it is no such line, or a
 * wrong one, which CloudWatch ignores too.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * @param now milliseconds since the epoch
 */
export function readEmbeddedMetrics(message: string, now: number): MetricDatum[] {
  if (!message.startsWith('{') || !message.includes('"_aws"')) return [];
  let document: unknown;
  try {
    document = JSON.parse(message);
  } catch {
    return [];
  }
  const parsed = envelope.safeParse(document);
  if (!parsed.success) return [];
  const { Timestamp: timestamp, CloudWatchMetrics: directives } = parsed.data._aws;
  if (timestamp < now - oldestMilliseconds || timestamp > now + newestMilliseconds) return [];
  const members = new Map(Object.entries(document as Record<string, unknown>));
  return directives.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name: name, Unit: unit }) => {
      const value = measured.safeParse(members.get(name));
      if (!value.success) return [];
      const values = [value.data].flat().map((single) => ({ value: single, count: 1 }));
      return Dimensions.flatMap((names) => {
        const dimensions = readDimensions(members, names);
        return dimensions ? [{ namespace, name, dimensions, timestamp, unit, values }] : [];
      });
    }),
  );
}

function readDimensions(
  members: ReadonlyMap<string, unknown>,
  names: readonly string[],
): Record<string, string> | undefined {
  const entries: [string, string][] = [];
  for (const name of names) {
    const value = members.get(name);
    if (typeof value !== 'string' || value.length > 1024) return undefined;
    entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}
