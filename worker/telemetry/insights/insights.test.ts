import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AwsFault } from '../aws-fault.ts';
import { openTestStore, type TestStore, writeLines } from '../test-store.ts';

const id = (digit: number) => `${String(digit).repeat(8)}-1111-1111-1111-111111111111`;
const report = (digit: number, ms: number, init = '') =>
  `REPORT RequestId: ${id(digit)}\tDuration: ${ms}.50 ms\tBilled Duration: ${ms + 1} ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\t${init}\n`;

const lines: readonly (readonly [number, string])[] = [
  [0, `START RequestId: ${id(1)} Version: $LATEST\n`],
  [1, `2026-01-31T10:00:00.001Z\t${id(1)}\tINFO\t{"order": 7, "total": 12.5}\n`],
  [2, '{"level":"ERROR","order":8,"total":100,"user":{"name":"ann","roles":["a","b"]},"ok":true}'],
  [3, '[warn] slow query took 42 ms'],
  [4, report(1, 10, 'Init Duration: 95.10 ms\t')],
  [300_000, report(2, 20)],
  [300_001, '{"level":"INFO","order":9,"total":50,"user":{"name":"bob"}}'],
];

async function open(): Promise<TestStore> {
  const opened = await openTestStore();
  await writeLines(
    opened,
    'g',
    's',
    lines.map(([offset, message]) => [opened.clock.now + offset, message] as const),
  );
  return opened;
}

async function run(opened: TestStore, queryString: string) {
  const second = opened.clock.now / 1000;
  const times = { startTime: second, endTime: second + 3600 };
  const { queryId } = await opened.call('logs.StartQuery', { logGroupName: 'g', queryString, ...times });
  for (;;) {
    const answer = await opened.call('logs.GetQueryResults', { queryId });
    if (answer.status !== 'Running') return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Rows without `@ptr`, as arrays of values. */
async function rows(opened: TestStore, queryString: string): Promise<string[][]> {
  const { status, results } = await run(opened, queryString);
  expect(status).toBe('Complete');
  return results.map((row: { field: string; value: string }[]) =>
    row.filter(({ field }) => field !== '@ptr').map(({ value }) => value),
  );
}

/** [query, rows] */
const cases: readonly (readonly [string, readonly (readonly string[])[]])[] = [
  ['fields @timestamp | sort @timestamp asc | limit 1', [['2026-01-31 10:00:00.000']]],
  ['fields order | filter order > 7 | sort order', [['8'], ['9']]],
  [
    'filter total in [12.5, 50] | sort total desc | display order, total',
    [
      ['9', '50'],
      ['7', '12.5'],
    ],
  ],
  ['filter level = "ERROR" | fields user.name, user.roles.1, user.roles[0]', [['ann', 'b', 'a']]],
  ['filter `user.name` like /^B/ or user.name like /(?i)^B/ | display order', [['9']]],
  [
    'filter @message like "slow query" | parse @message "[*] * took * ms" as kind, what, ms | display kind, what, ms * 2 as twice',
    [['warn', 'slow query', '84']],
  ],
  [
    'parse @message /took (?<ms>\\d+) (?<unit>\\w+)/ | filter ispresent(ms) | display ms, unit',
    [['42', 'ms']],
  ],
  ['parse "* took" as rest | filter rest = "[warn] slow query" | display rest', [['[warn] slow query']]],
  [
    'stats count(*) by bin(5m) | sort `bin(5m)`',
    [
      ['2026-01-31 10:00:00.000', '5'],
      ['2026-01-31 10:05:00.000', '2'],
    ],
  ],
  [
    'stats count(*) as n, sum(total), avg(total), min(total), max(total)',
    [['7', '162.5', '54.1667', '12.5', '100']],
  ],
  [
    'filter @type = "REPORT" | stats pct(@duration, 50) as p50, max(@maxMemoryUsed / 1000 / 1000) as mb',
    [['15.5', '64']],
  ],
  [
    'filter @type = "REPORT" and ispresent(@initDuration) | stats count(*), avg(@initDuration) by bin(1h)',
    [['2026-01-31 10:00:00.000', '1', '95.1']],
  ],
  [
    'filter @type = "REPORT" | fields @requestId, @billedDuration * @memorySize / 1000000000 as GBs | sort GBs desc',
    [
      [id(2), '2.688'],
      [id(1), '1.408'],
    ],
  ],
  [`filter @requestId = "${id(1)}" | stats count(*)`, [['3']]],
  ['filter not (level = "ERROR") and ispresent(level) | display order', [['9']]],
  ['filter level != "ERROR" | stats count(*)', [['6']]],
  ['filter order not in [7, 8] and ispresent(order) | display order', [['9']]],
  ['filter @message not like /REPORT|START/ | stats count() as n', [['4']]],
  ['filter @message =~ /slow/ | stats count(*) as n # and a comment', [['1']]],
  ['stats count(*) as n by @type | sort n desc, @type | limit 2', [['4'], ['REPORT', '2']]],
  ['stats count(*) as n by bin(5m) as b | stats max(n) as most', [['5']]],
  ['filter ispresent(order) | sort order desc | dedup level | display order', [['9'], ['8'], ['7']]],
  [
    'filter ispresent(level) | display strlen(level), toupper(substr(user.name, 0, 1)), concat(order, "-", level)',
    [
      ['4', 'B', '9-INFO'],
      ['5', 'A', '8-ERROR'],
    ],
  ],
  [
    'filter order = 8 | display if(total > 50, "much", "little"), coalesce(none, "-"), round(total / 3, 1), 2 ^ 3 + 1, 7 % 4, -total',
    [['much', '-', '33.3', '9', '3', '-100']],
  ],
  [
    'filter order = 8 | display total / 0, ok, isempty(level), strcontains(level, "RR")',
    [['true', '0', '1']],
  ],
  [
    'filter order = 8 | display datefloor(@timestamp, 1d) as d, dateceil(@timestamp, 1h) as h, datefloor(@timestamp, 1mo) as m',
    [['2026-01-31 00:00:00.000', '2026-01-31 11:00:00.000', '2026-01-01 00:00:00.000']],
  ],
  [
    'stats earliest(order), latest(order), count_distinct(level), sortsFirst(level), sortsLast(level)',
    [['7', '9', '2', 'ERROR', 'INFO']],
  ],
  ['limit 2 | stats count(*)', [['2']]],
  ['display @log, @logStream | limit 1', [['000000000000:g', 's']]],
  ['display @ingestionTime | limit 1', [['2026-01-31 10:00:00.000']]],
  ['fields 1 + 2 * 3 as a, (1 + 2) * 3 as b | display a, b, a < b and b > 8 | limit 1', [['7', '9', '1']]],
];

describe('a query of Logs Insights', () => {
  test.each(cases)('%s', async (query, expected) => {
    expect(await rows(await open(), query)).toEqual(expected);
  });

  test('without fields shows time and message, the newest first, with a pointer', async () => {
    const { results, statistics } = await run(await open(), 'limit 1');
    expect(results[0].map(({ field }: { field: string }) => field)).toEqual([
      '@timestamp',
      '@message',
      '@ptr',
    ]);
    expect(results[0][1].value).toContain('"bob"');
    expect(statistics).toMatchObject({ recordsScanned: 7, logGroupsScanned: 1 });
  });

  test.each([
    ['fields @message | nonsense 1', 18, 26],
    ['filter a = ', 11, 11],
    ['filter a like b', 14, 15],
    ['fields nothing(a)', 7, 14],
    ['fields count(a)', 7, 15],
    ['stats count(*) by bin(5)', 22, 23],
    ['filter "open', 7, 12],
    ['pattern @message', 0, 7],
    ['limit 0', 6, 7],
    ['fields a as', 11, 11],
    ['fields a;', 8, 9],
    ['parse @message "*-*" as one', 0, 27],
    ['stats sum(sum(a))', 10, 16],
    ['filter abs(1, 2) = 1', 7, 16],
    [`fields ${'('.repeat(1000)}a${')'.repeat(1000)}`, 108, 109],
  ])('%s is refused, with the place', async (queryString, startCharOffset, endCharOffset) => {
    await expect(run(await open(), queryString)).rejects.toMatchObject({
      code: 'MalformedQueryException',
      details: { queryCompileError: { location: { startCharOffset, endCharOffset } } },
    });
  });

  test('whatever is given, it runs or is refused as malformed', { timeout: 60_000 }, async () => {
    const opened = await open();
    const word = fc.constantFrom(
      ...[
        'fields',
        'filter',
        'stats',
        'sort',
        'limit',
        'parse',
        'dedup',
        'display',
        'by',
        'as',
        'and',
        'not',
        'in',
        'like',
      ],
      ...[
        '|',
        '(',
        ')',
        '[',
        ']',
        ',',
        '=',
        '!=',
        '<',
        '+',
        '-',
        '*',
        '/',
        '^',
        '=~',
        '@message',
        '@timestamp',
        'order',
      ],
      ...[
        '"a"',
        "'; DROP TABLE log_lines; --",
        '/a(?<x>b)/',
        '5m',
        '1',
        'count(*)',
        'bin(1h)',
        'avg(',
        'if(',
        '`a b`',
        '$1',
      ],
    );
    const query = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));
    await fc.assert(
      fc.asyncProperty(query, async (queryString) => {
        try {
          expect((await run(opened, queryString)).status).toMatch(/Complete|Failed/);
        } catch (error) {
          expect(error).toBeInstanceOf(AwsFault);
          expect((error as AwsFault).code).toMatch(/MalformedQueryException|InvalidParameterException/);
        }
      }),
      { numRuns: 500 },
    );
    expect(await rows(opened, 'stats count(*)')).toEqual([['7']]);
  });

  test('texts of the query never become SQL', async () => {
    const opened = await open();
    expect(
      await rows(
        opened,
        `filter order = 8 | display concat("'", "\\"; DROP TABLE x", level), \`it's "odd"\``,
      ),
    ).toEqual([[`'"; DROP TABLE xERROR`]]);
  });

  test('can be listed and stopped', async () => {
    const opened = await open();
    await run(opened, 'limit 1');
    const { queries } = await opened.call('logs.DescribeQueries', { status: 'Complete' });
    expect(queries).toMatchObject([{ queryString: 'limit 1', logGroupName: 'g' }]);
    const { queryId } = queries[0];
    await expect(opened.call('logs.StopQuery', { queryId })).rejects.toThrow('not running');
    await expect(opened.call('logs.GetQueryResults', { queryId: 'none' })).rejects.toThrow('does not exist');
  });
});
