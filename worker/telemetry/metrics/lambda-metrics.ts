import type { Scope } from '../operations.ts';
import type { SqlValues } from '../store/sql-values.ts';
import type { MetricName } from './metric-values.ts';

/** Metrics of AWS/Lambda that the records of invocations hold: value and unit. */
const lambdaMetrics: Readonly<Record<string, { value: string; unit: string }>> = {
  Invocations: { value: '1', unit: 'Count' },
  Errors: { value: `CASE WHEN status = 'success' THEN 0 ELSE 1 END`, unit: 'Count' },
  Duration: { value: 'duration_ms', unit: 'Milliseconds' },
};

export const lambdaNamespace = 'AWS/Lambda';
export const lambdaMetricNames = Object.keys(lambdaMetrics);

/** `name`, `name:alias` or `name:2`, as the client invoked it. */
export const resourceSql = `regexp_extract(invoked_arn, ':function:(.*)$', 1)`;
const dimensionColumns: Readonly<Record<string, string>> = {
  FunctionName: 'function_name',
  Resource: resourceSql,
  ExecutedVersion: 'version',
};
/** The sets of dimensions under which Lambda publishes. */
const dimensionSets = ['', 'FunctionName', 'FunctionName,Resource', 'ExecutedVersion,FunctionName,Resource'];

/** Rows of `timestamp` and `value` of one metric; undefined when Lambda has no such metric. */
export function lambdaValuesSql(
  scope: Scope,
  { name, dimensions }: MetricName,
  values: SqlValues,
): { sql: string; unit: string } | undefined {
  const metric = Object.hasOwn(lambdaMetrics, name) ? lambdaMetrics[name] : undefined;
  if (!metric || !dimensionSets.includes(Object.keys(dimensions).sort().join())) return undefined;
  const conditions = [`account_id = ${values.add(scope.accountId)}`, `region = ${values.add(scope.region)}`];
  for (const [dimension, value] of Object.entries(dimensions)) {
    conditions.push(`${dimensionColumns[dimension]} = ${values.add(value)}`);
  }
  const sql = `SELECT started_at AS "timestamp", (${metric.value})::DOUBLE AS value FROM invocations WHERE ${conditions.join(' AND ')}`;
  return { sql, unit: metric.unit };
}
