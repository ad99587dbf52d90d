import { describe, expect, test } from 'vitest';
import { emptyBatch, pushRow } from '../batch.ts';
import { openTestStore, scope, type TestStore, writeLines } from '../test-store.ts';
import { readEmbeddedMetrics } from './embedded-metrics.ts';

const minute = 60_000;

/** Invocations of a function: `[minutes before now, duration, whether it failed, qualifier]`. */
async function writeInvocations(
  { store, clock }: TestStore,
  given: readonly (readonly [
    minutesAgo: number,
    milliseconds: number,
    failed?: boolean,
    qualifier?: string,
  ])[],
): Promise<void> {
  const batch = emptyBatch();
  batch.streams.push({ ...scope, logGroupName: 'g', logStreamName: 's' });
  const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
  batch.functions.push({ ...scope, functionName: 'f', functionArn, version: '1', memoryMegabytes: 128 });
  given.forEach(([minutesAgo, durationMilliseconds, failed = false, qualifier], index) => {
    pushRow(batch.invocations, {
      function: 0,
      stream: 0,
      requestId: `r${index}`,
      invokedFunctionArn: qualifier ? `${functionArn}:${qualifier}` : functionArn,
      callerArn: null,
      startedAt: clock.now - minutesAgo * minute,
      waitedMilliseconds: 0,
      durationMilliseconds,
      billedMilliseconds: Math.ceil(durationMilliseconds),
      initMilliseconds: null,
      maxMemoryMegabytes: 50,
      status: failed ? 'error' : 'success',
      errorType: null,
      eventBytes: 0,
      responseBytes: 0,
      event: -1,
      response: -1,
    });
  });
  await store.write(batch);
}

function statistics(opened: TestStore, more: object) {
  return opened.call('monitoring.GetMetricStatistics', {
    Namespace: 'AWS/Lambda',
    StartTime: (opened.clock.now - 10 * minute) / 1000,
    EndTime: (opened.clock.now + minute) / 1000,
    Period: 60,
    Statistics: ['Sum'],
    ...more,
  });
}

describe('the metrics of Lambda', () => {
  test('are computed by the minute, for each set of dimensions', async () => {
    const opened = await openTestStore();
    await writeInvocations(opened, [
      [2, 10],
      [2, 30, true],
      [0, 100, false, 'live'],
    ]);
    const sums = async (more: object) =>
      (await statistics(opened, more)).Datapoints.map(({ Sum }: { Sum: number }) => Sum);
    const f = { Name: 'FunctionName', Value: 'f' };
    expect(await sums({ MetricName: 'Invocations' })).toEqual([2, 1]);
    expect(await sums({ MetricName: 'Errors', Dimensions: [f] })).toEqual([1, 0]);
    const live = { Name: 'Resource', Value: 'f:live' };
    expect(await sums({ MetricName: 'Invocations', Dimensions: [live, f] })).toEqual([1]);
    expect(
      await sums({ MetricName: 'Invocations', Dimensions: [f, { Name: 'Resource', Value: 'f' }] }),
    ).toEqual([2]);
    const version = { Name: 'ExecutedVersion', Value: '1' };
    expect(await sums({ MetricName: 'Invocations', Dimensions: [live, f, version] })).toEqual([1]);
    expect(await sums({ MetricName: 'Invocations', Dimensions: [version] })).toEqual([]);
    expect(await sums({ MetricName: 'Unheard' })).toEqual([]);
  });

  test('Duration has average, extremes and percentiles', async () => {
    const opened = await openTestStore();
    await writeInvocations(
      opened,
      Array.from({ length: 100 }, (_, index) => [1, index + 1] as const),
    );
    const { Datapoints } = await statistics(opened, {
      MetricName: 'Duration',
      Statistics: ['Average', 'Minimum', 'Maximum', 'SampleCount'],
      ExtendedStatistics: ['p50', 'p99', 'p99.9', 'p100', 'p0'],
    });
    expect(Datapoints).toEqual([
      {
        Timestamp: new Date(opened.clock.now - minute),
        Unit: 'Milliseconds',
        Average: 50.5,
        Minimum: 1,
        Maximum: 100,
        SampleCount: 100,
        ExtendedStatistics: { p50: 50, p99: 99, 'p99.9': 100, p100: 100, p0: 1 },
      },
    ]);
  });

  test('are listed with their dimensions', async () => {
    const opened = await openTestStore();
    await writeInvocations(opened, [[1, 1, false, 'live']]);
    const { Metrics } = await opened.call('monitoring.ListMetrics', { MetricName: 'Duration' });
    expect(Metrics.map(({ Dimensions }: { Dimensions: object[] }) => Dimensions.length)).toEqual([
      0, 1, 2, 3,
    ]);
    const filtered = await opened.call('monitoring.ListMetrics', {
      Dimensions: [{ Name: 'Resource', Value: 'f:live' }],
      MetricName: 'Errors',
    });
    expect(filtered.Metrics).toHaveLength(2);
  });
});

describe('metrics of others', () => {
  test('PutMetricData keeps values, repeated values and summaries', async () => {
    const opened = await openTestStore();
    await opened.call('monitoring.PutMetricData', {
      Namespace: 'shop',
      MetricData: [
        {
          MetricName: 'price',
          Value: 5,
          Dimensions: [
            { Name: 'a', Value: '1' },
            { Name: 'b', Value: '2' },
          ],
        },
        {
          MetricName: 'price',
          Values: [1, 10],
          Counts: [98, 1],
          Dimensions: [
            { Name: 'b', Value: '2' },
            { Name: 'a', Value: '1' },
          ],
        },
        { MetricName: 'load', StatisticValues: { SampleCount: 4, Sum: 20, Minimum: 2, Maximum: 9 } },
      ],
    });
    const price = await statistics(opened, {
      Namespace: 'shop',
      MetricName: 'price',
      Dimensions: [
        { Name: 'a', Value: '1' },
        { Name: 'b', Value: '2' },
      ],
      Statistics: ['Sum', 'SampleCount', 'Maximum'],
      ExtendedStatistics: ['p98', 'p99', 'p100'],
    });
    expect(price.Datapoints).toMatchObject([
      { Sum: 113, SampleCount: 100, Maximum: 10, ExtendedStatistics: { p98: 1, p99: 5, p100: 10 } },
    ]);
    const load = await statistics(opened, {
      Namespace: 'shop',
      MetricName: 'load',
      Statistics: ['Average', 'Minimum'],
    });
    expect(load.Datapoints).toMatchObject([{ Average: 5, Minimum: 2, Unit: 'None' }]);
  });

  test('GetMetricData answers several queries, newest first unless asked otherwise', async () => {
    const opened = await openTestStore();
    await writeInvocations(opened, [
      [3, 1],
      [1, 1],
    ]);
    const query = (Id: string, Stat: string) => ({
      Id,
      MetricStat: {
        Metric: { Namespace: 'AWS/Lambda', MetricName: 'Invocations', Dimensions: [] },
        Period: 60,
        Stat,
      },
    });
    const input = {
      StartTime: (opened.clock.now - 10 * minute) / 1000,
      EndTime: opened.clock.now / 1000,
      MetricDataQueries: [query('a', 'Sum'), query('b', 'SampleCount')],
    };
    const { MetricDataResults } = await opened.call('monitoring.GetMetricData', input);
    const times = [1, 3].map((ago) => new Date(opened.clock.now - ago * minute));
    expect(MetricDataResults).toEqual([
      { Id: 'a', Label: 'Invocations', Timestamps: times, Values: [1, 1], StatusCode: 'Complete' },
      expect.objectContaining({ Id: 'b' }),
    ]);
    const ascending = await opened.call('monitoring.GetMetricData', {
      ...input,
      ScanBy: 'TimestampAscending',
    });
    expect(ascending.MetricDataResults[0].Timestamps).toEqual(times.reverse());
    const math = { ...input, MetricDataQueries: [{ Id: 'e', Expression: 'a / b' }] };
    await expect(opened.call('monitoring.GetMetricData', math)).rejects.toThrow(
      'does not support metric math',
    );
  });

  test.each([
    [
      'a statistic that is not computed',
      { Statistics: ['TM(10%:90%)'], MetricName: 'Duration' },
      /does not compute/,
    ],
    ['seconds', { Period: 10, MetricName: 'Duration' }, /multiple of 60/],
    ['too many points', { StartTime: 0, MetricName: 'Duration' }, /more than 1440 data points/],
    ['no time at all', { EndTime: 0, MetricName: 'Duration' }, /must be less than/],
  ])('%s is refused', async (_what, more, message) => {
    const opened = await openTestStore();
    await writeInvocations(opened, [[1, 1]]);
    await expect(statistics(opened, more)).rejects.toThrow(message);
  });

  test('lines in the Embedded Metric Format join them, from functions and from PutLogEvents', async () => {
    const opened = await openTestStore();
    const line = (latency: unknown) =>
      JSON.stringify({
        _aws: {
          Timestamp: opened.clock.now,
          CloudWatchMetrics: [
            {
              Namespace: 'app',
              Dimensions: [['service'], []],
              Metrics: [{ Name: 'latency', Unit: 'Milliseconds' }],
            },
          ],
        },
        service: 'api',
        latency,
      });
    await writeLines(opened, 'g', 's', [[opened.clock.now, line([1, 2])]]);
    const names = { logGroupName: 'g', logStreamName: 's' };
    const logEvents = [{ timestamp: opened.clock.now, message: line(9) }];
    await opened.call('logs.PutLogEvents', { ...names, logEvents });
    const dimensions = [{ Name: 'service', Value: 'api' }];
    for (const Dimensions of [dimensions, []]) {
      const { Datapoints } = await statistics(opened, {
        Namespace: 'app',
        MetricName: 'latency',
        Dimensions,
      });
      expect(Datapoints).toMatchObject([{ Sum: 12, Unit: 'Milliseconds' }]);
    }
  });

  test.each([
    ['no JSON', '{"_aws": '],
    ['a metric that is no number', { latency: 'slow' }],
    ['a dimension that is not there', { service: undefined }],
    ['a time of long ago', { _aws: { Timestamp: 0, CloudWatchMetrics: [] } }],
    ['an envelope of another shape', { _aws: 'mine' }],
  ])('an embedded metric with %s is ignored', (_what, change) => {
    const document = {
      _aws: {
        Timestamp: 1e12,
        CloudWatchMetrics: [{ Namespace: 'a', Dimensions: [['service']], Metrics: [{ Name: 'latency' }] }],
      },
      service: 'api',
      latency: 1,
    };
    expect(readEmbeddedMetrics(JSON.stringify(document), 1e12)).toHaveLength(1);
    const message = typeof change === 'string' ? change : JSON.stringify({ ...document, ...change });
    expect(readEmbeddedMetrics(message, 1e12)).toEqual([]);
  });
});
