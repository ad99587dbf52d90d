import { z } from 'zod';
import type { JsonObject } from '../../../core/caller.ts';
import { maxLength, text } from '../../../core/model.ts';
import { AwsFault } from '../aws-fault.ts';
import type { Scope } from '../operations.ts';
import { readInput } from '../read-input.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { dimensions, metricName, namespace, period, timestamp, unit } from './metric-members.ts';
import { readStatistics } from './read-statistics.ts';

const maxQueries = 500;
const maxDatapoints = 100_800;

const query = z.object({
  Id: z.string().regex(/^[a-z][a-zA-Z0-9_]{0,254}$/),
  Label: z.string().optional(),
  ReturnData: z.boolean().default(true),
  Expression: z.string().optional(),
  MetricStat: z
    .object({
      Metric: z.object({
        Namespace: namespace(),
        MetricName: metricName(),
        Dimensions: dimensions().default({}),
      }),
      Period: period(),
      Stat: text(maxLength(32)),
      Unit: unit().optional(),
    })
    .optional(),
});
const model = z.object({
  MetricDataQueries: z.array(query),
  StartTime: timestamp(),
  EndTime: timestamp(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
});

/** GetMetricData, of metrics; metric math is refused. */
export async function getMetricData(store: TelemetryStore, scope: Scope, input: JsonObject): Promise<object> {
  const request = readInput(model, input);
  const { StartTime: startTime, EndTime: endTime } = request;
  if (request.MetricDataQueries.length > maxQueries)
    throw invalid(`At most ${maxQueries} queries are allowed.`);
  if (startTime >= endTime) throw invalid('The parameter StartTime must be less than the parameter EndTime.');
  const results: object[] = [];
  for (const { Id, Label, ReturnData, MetricStat } of request.MetricDataQueries) {
    if (!MetricStat)
      throw invalid(`Hearth does not support metric math (Expression) yet, as in query ${Id}.`);
    if ((endTime - startTime) / (MetricStat.Period * 1000) > maxDatapoints) {
      throw invalid(`The query ${Id} asks for more than ${maxDatapoints} data points.`);
    }
    const { Namespace, MetricName, Dimensions } = MetricStat.Metric;
    const metric = { namespace: Namespace, name: MetricName, dimensions: Dimensions };
    const points = await readStatistics(store, scope, {
      metric,
      startTime,
      endTime,
      periodSeconds: MetricStat.Period,
      statistics: [MetricStat.Stat],
      unit: MetricStat.Unit,
    });
    if (request.ScanBy === 'TimestampDescending') points.reverse();
    const known = points.filter(({ figures: [figure] }) => typeof figure === 'number');
    if (!ReturnData) continue;
    results.push({
      Id,
      Label: Label ?? MetricName,
      Timestamps: known.map((point) => new Date(point.timestamp)),
      Values: known.map(({ figures }) => figures[0]),
      StatusCode: 'Complete',
    });
  }
  return { MetricDataResults: results, Messages: [] };
}

function invalid(message: string): AwsFault {
  return new AwsFault('ValidationException', message);
}
