import { BIGINT, DOUBLE, type DuckDBConnection, type DuckDBValue, UINTEGER, VARCHAR } from '@duckdb/node-api';
import type { Scope } from '../operations.ts';
import { appendColumns } from '../store/append.ts';
import type { Database } from '../store/database.ts';

/** A metric by its names; dimensions in any order. */
export interface MetricName {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}

/** What was measured: single values, each with how often it came, or a summary of many. */
export interface MetricDatum extends MetricName {
  /** Milliseconds since the epoch. */
  timestamp: number;
  unit: string;
  values: readonly { value: number; count: number }[];
  summary?: { minimum: number; maximum: number; sum: number; count: number };
}

const types = [BIGINT, UINTEGER, DOUBLE, DOUBLE, DOUBLE, DOUBLE, DOUBLE, VARCHAR];
/** A function that makes up names must not fill the memory: what comes beyond is not kept. */
const maxSeries = 100_000;

/** Every series of metrics that somebody sent, by id; the values are in the table `metric_values`. */
export class MetricSeries {
  readonly #ids = new Map<string, number>();

  static async load(database: Database): Promise<MetricSeries> {
    const series = new MetricSeries();
    const rows = await database.rows<{
      id: number;
      account_id: string;
      region: string;
      namespace: string;
      name: string;
      dimensions: string;
    }>('SELECT * FROM metric_series');
    for (const row of rows) {
      const scope = { accountId: row.account_id, region: row.region };
      series.#ids.set(keyOf(scope, row.namespace, row.name, row.dimensions), row.id);
    }
    return series;
  }

  /** @returns undefined when nobody ever sent such values. */
  find(scope: Scope, { namespace, name, dimensions }: MetricName): number | undefined {
    return this.#ids.get(keyOf(scope, namespace, name, dimensionsText(dimensions)));
  }

  /** Keeps values, making their series when they are the first of it. */
  async append(
    writer: DuckDBConnection,
    data: readonly { scope: Scope; datum: MetricDatum }[],
  ): Promise<void> {
    const columns: DuckDBValue[][] = types.map(() => []);
    for (const { scope, datum } of data) {
      const id = await this.#resolve(writer, scope, datum);
      if (id === undefined) continue;
      const push = (value: number | null, count: number, sum: number, minimum: number, maximum: number) => {
        const row = [
          BigInt(Math.floor(datum.timestamp)),
          id,
          value,
          count,
          sum,
          minimum,
          maximum,
          datum.unit,
        ];
        row.forEach((cell, column) => {
          columns[column]?.push(cell);
        });
      };
      for (const { value, count } of datum.values) push(value, count, value * count, value, value);
      const { summary } = datum;
      if (summary) push(null, summary.count, summary.sum, summary.minimum, summary.maximum);
    }
    await appendColumns(writer, 'metric_values', types, columns);
  }

  async #resolve(writer: DuckDBConnection, scope: Scope, metric: MetricName): Promise<number | undefined> {
    const found = this.find(scope, metric);
    if (found !== undefined || this.#ids.size >= maxSeries) return found;
    const id = this.#ids.size + 1;
    const dimensions = dimensionsText(metric.dimensions);
    const { accountId, region } = scope;
    await writer.run('INSERT INTO metric_series VALUES ($1, $2, $3, $4, $5, $6)', [
      id,
      accountId,
      region,
      metric.namespace,
      metric.name,
      dimensions,
    ]);
    this.#ids.set(keyOf(scope, metric.namespace, metric.name, dimensions), id);
    return id;
  }
}

/** The same text for the same dimensions, whatever their order. */
function dimensionsText(dimensions: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(dimensions).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function keyOf({ accountId, region }: Scope, namespace: string, name: string, dimensions: string): string {
  return [accountId, region, namespace, name, dimensions].join('\n');
}
