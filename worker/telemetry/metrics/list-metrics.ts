import { z } from 'zod';
import type { JsonObject } from '../../../core/caller.ts';
import type { Scope } from '../operations.ts';
import { pageOf } from '../page.ts';
import { readInput } from '../read-input.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { lambdaMetricNames, lambdaNamespace, resourceSql } from './lambda-metrics.ts';
import { metricName, namespace } from './metric-members.ts';
import type { MetricName } from './metric-values.ts';

const pageLength = 500;
/** AWS lists metrics for two weeks after their last value. */
const listedMilliseconds = 14 * 86_400_000;
const recentMilliseconds = 3 * 3_600_000;

const model = z.object({
  Namespace: namespace().optional(),
  MetricName: metricName().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string().optional() })).default([]),
  NextToken: z.string().optional(),
  RecentlyActive: z.enum(['PT3H']).optional(),
});

/** ListMetrics. */
export async function listMetrics(store: TelemetryStore, scope: Scope, input: JsonObject): Promise<object> {
  const request = readInput(model, input);
  const since = store.now() - (request.RecentlyActive ? recentMilliseconds : listedMilliseconds);
  const matching = [
    ...(await lambdaSeries(store, scope, since)),
    ...(await customSeries(store, scope, since)),
  ].filter(
    (metric) =>
      (request.Namespace ?? metric.namespace) === metric.namespace &&
      (request.MetricName ?? metric.name) === metric.name &&
      request.Dimensions.every(({ Name, Value }) => {
        const value = Object.hasOwn(metric.dimensions, Name) ? metric.dimensions[Name] : undefined;
        return value !== undefined && (Value ?? value) === value;
      }),
  );
  const { items, nextToken } = pageOf(matching, pageLength, request.NextToken);
  return {
    Metrics: items.map((metric) => ({
      Namespace: metric.namespace,
      MetricName: metric.name,
      Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
    })),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
}

async function lambdaSeries(store: TelemetryStore, scope: Scope, since: number): Promise<MetricName[]> {
  const rows = await store.database.rows<{ name: string; resource: string; version: string }>(
    `SELECT DISTINCT function_name AS name, ${resourceSql} AS resource, version FROM invocations
     WHERE account_id = $1 AND region = $2 AND started_at >= $3 ORDER BY ALL`,
    [scope.accountId, scope.region, BigInt(since)],
  );
  const sets = new Map<string, Record<string, string>>();
  for (const { name, resource, version } of rows) {
    const published: Record<string, string>[] = [
      {},
      { FunctionName: name },
      { FunctionName: name, Resource: resource },
      { FunctionName: name, Resource: resource, ExecutedVersion: version },
    ];
    for (const dimensions of published) {
      sets.set(JSON.stringify(dimensions), dimensions);
    }
  }
  return lambdaMetricNames.flatMap((name) =>
    [...sets.values()].map((dimensions) => ({ namespace: lambdaNamespace, name, dimensions })),
  );
}

async function customSeries(store: TelemetryStore, scope: Scope, since: number): Promise<MetricName[]> {
  const rows = await store.database.rows<{ namespace: string; name: string; dimensions: string }>(
    `SELECT namespace, name, dimensions FROM metric_series WHERE account_id = $1 AND region = $2
       AND id IN (SELECT series_id FROM metric_values WHERE "timestamp" >= $3) ORDER BY ALL`,
    [scope.accountId, scope.region, BigInt(since)],
  );
  return rows.map(({ namespace, name, dimensions }) => ({
    namespace,
    name,
    dimensions: Object.fromEntries(JSON.parse(dimensions) as [string, string][]),
  }));
}
