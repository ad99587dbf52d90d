import { AwsFault } from '../aws-fault.ts';

/** An SQL expression over the columns `value`, `samples`, `sum`, `minimum`, `maximum`, `rank` and `total`. */
export type StatisticSql = string;

const simple: Readonly<Record<string, StatisticSql>> = {
  SampleCount: 'sum(samples)',
  Sum: 'sum("sum")',
  Average: 'sum("sum") / sum(samples)',
  Minimum: 'min(minimum)',
  Maximum: 'max(maximum)',
};

/**
 * The statistic of a period: one of the five, or a percentile such as `p99.9` (the smallest value that so many
 * samples do not exceed).
 * @throws AwsFault for statistics that Hearth does not compute: trimmed means and the like.
 */
export function statisticSql(statistic: string): StatisticSql {
  const known = Object.hasOwn(simple, statistic) ? simple[statistic] : undefined;
  if (known) return known;
  const percent = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(statistic)?.[1];
  if (percent === undefined) {
    throw new AwsFault(
      'InvalidParameterValue',
      `Hearth does not compute the statistic ${statistic}. It knows SampleCount, Sum, Average, Minimum, Maximum and percentiles (p0 to p100).`,
    );
  }
  return `min(value) FILTER (rank >= ${Number(percent) / 100} * total)`;
}
