import type { Scope } from '../operations.ts';
import { SqlValues } from '../store/sql-values.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { lambdaNamespace, lambdaValuesSql } from './lambda-metrics.ts';
import type { MetricName } from './metric-values.ts';
import { statisticSql } from './statistics.ts';

/** Which figures are asked for. Times are milliseconds since the epoch, the end not included. */
export interface StatisticsQuery {
  metric: MetricName;
  startTime: number;
  endTime: number;
  periodSeconds: number;
  /** One column of the answer for each. */
  statistics: readonly string[];
  unit?: string;
}

/** One period: when it begins, its unit, and the figures in the order of the question. */
export interface Datapoint {
  timestamp: number;
  unit: string;
  figures: (number | null)[];
}

/**
 * The statistics of one metric by period, in the order of time; periods without values are left out.
 * @throws AwsFault InvalidParameterValue for a statistic that Hearth does not compute.
 */
export async function readStatistics(
  store: TelemetryStore,
  scope: Scope,
  query: StatisticsQuery,
): Promise<Datapoint[]> {
  const expressions = query.statistics.map(statisticSql);
  const values = new SqlValues();
  const source = sourceSql(store, scope, query, values);
  if (!source) return [];
  const period = query.periodSeconds * 1000;
  const start = Math.floor(query.startTime / period) * period;
  const unit = query.unit === undefined ? '' : `AND unit = ${values.add(query.unit)}`;
  const rows = await store.database.rows(
    `WITH points AS (SELECT * FROM (${source}) WHERE "timestamp" >= ${start} AND "timestamp" < ${query.endTime} ${unit}),
          ranked AS (SELECT *, "timestamp" // ${period} * ${period} AS period,
                       sum(samples) OVER (PARTITION BY "timestamp" // ${period}, unit ORDER BY value) AS rank,
                       sum(samples) OVER (PARTITION BY "timestamp" // ${period}, unit) AS total FROM points)
     SELECT period, unit, ${expressions.map((expression, index) => `(${expression})::DOUBLE AS f${index}`).join()}
     FROM ranked GROUP BY period, unit ORDER BY period, unit`,
    values.list,
  );
  return rows.map((row) => ({
    timestamp: Number(row.period),
    unit: String(row.unit),
    figures: expressions.map((_, index) =>
      typeof row[`f${index}`] === 'number' ? Number(row[`f${index}`]) : null,
    ),
  }));
}

/** Rows of `timestamp`, `value`, `samples`, `sum`, `minimum`, `maximum` and `unit`. */
function sourceSql(
  store: TelemetryStore,
  scope: Scope,
  { metric }: StatisticsQuery,
  values: SqlValues,
): string | undefined {
  if (metric.namespace === lambdaNamespace) {
    const lambda = lambdaValuesSql(scope, metric, values);
    return (
      lambda &&
      `SELECT "timestamp", value, 1.0 AS samples, value AS "sum", value AS minimum, value AS maximum, '${lambda.unit}' AS unit FROM (${lambda.sql})`
    );
  }
  const id = store.metricSeries.find(scope, metric);
  return id === undefined ? undefined : `SELECT * FROM metric_values WHERE series_id = ${id}`;
}
