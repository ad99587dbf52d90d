import { z } from 'zod';
import type { JsonObject } from '../../../core/caller.ts';
import { AwsFault } from '../aws-fault.ts';
import type { Scope } from '../operations.ts';
import { readInput } from '../read-input.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { dimensions, metricName, namespace, period, statistics, timestamp, unit } from './metric-members.ts';
import { readStatistics } from './read-statistics.ts';

const maxDatapoints = 1440;

const model = z.object({
  Namespace: namespace(),
  MetricName: metricName(),
  Dimensions: dimensions().default({}),
  StartTime: timestamp(),
  EndTime: timestamp(),
  Period: period(),
  Statistics: statistics().optional(),
  ExtendedStatistics: statistics().optional(),
  Unit: unit().optional(),
});

/** GetMetricStatistics. */
export async function getMetricStatistics(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<object> {
  const request = readInput(model, input);
  const { StartTime: startTime, EndTime: endTime, Statistics = [], ExtendedStatistics = [] } = request;
  const asked = [...Statistics, ...ExtendedStatistics];
  if (asked.length === 0) {
    throw new AwsFault('MissingParameter', 'The request must contain Statistics or ExtendedStatistics.');
  }
  if (startTime >= endTime) {
    throw new AwsFault(
      'InvalidParameterCombination',
      'The parameter StartTime must be less than the parameter EndTime.',
    );
  }
  if ((endTime - startTime) / (request.Period * 1000) > maxDatapoints) {
    throw new AwsFault(
      'InvalidParameterCombination',
      `You have requested more than ${maxDatapoints} data points. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
  const points = await readStatistics(store, scope, {
    metric: { namespace: request.Namespace, name: request.MetricName, dimensions: request.Dimensions },
    startTime,
    endTime,
    periodSeconds: request.Period,
    statistics: asked,
    unit: request.Unit,
  });
  const datapoints = points.map((point) => {
    const figures = asked.map((name, index) => [name, point.figures[index]] as const);
    const extended = figures.slice(Statistics.length).filter(([, figure]) => typeof figure === 'number');
    return {
      Timestamp: new Date(point.timestamp),
      Unit: point.unit,
      ...Object.fromEntries(figures.slice(0, Statistics.length)),
      ...(extended.length > 0 && { ExtendedStatistics: Object.fromEntries(extended) }),
    };
  });
  return { Label: request.MetricName, Datapoints: datapoints };
}
