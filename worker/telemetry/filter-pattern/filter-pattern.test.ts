import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SqlValues } from '../store/sql-values.ts';
import { FilterPatternError } from './filter-pattern.ts';
import { filterPatternSql } from './filter-pattern-sql.ts';
import { parseFilterPattern } from './parse-filter-pattern.ts';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();

async function matches(pattern: string, message: string): Promise<boolean> {
  const values = new SqlValues();
  const condition = filterPatternSql(parseFilterPattern(pattern), values);
  const parameter = values.add(message);
  const sql = `SELECT (${condition}) AS matched FROM (SELECT ${parameter}::VARCHAR AS message)`;
  const reader = await connection.runAndReadAll(sql, values.list);
  return reader.getRows()[0]?.[0] === true;
}

const event = JSON.stringify({
  eventType: 'UpdateTrail',
  sourceIPAddress: '111.111.111.111',
  arrayKey: ['value', 'another value'],
  objectList: [
    { name: 'a', id: 1 },
    { name: 'b', id: 2 },
  ],
  SomeObject: null,
  ThisFlag: true,
  OffFlag: false,
  bandwidth: 75.5,
  code: '404',
  status: 404,
  'x.y': 'dotted',
  deep: { er: { still: 'here' }, 'a b': 1 },
});
const access = '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';

/** [pattern, message, whether it matches] */
const cases: readonly (readonly [string, string, boolean])[] = [
  ['', 'anything', true],
  ['" "', 'any thing', true],
  [' ', 'anything', true],
  ['ERROR', '[ERROR 400] BAD REQUEST', true],
  ['ERROR', 'error', false],
  ['ERROR ARGUMENTS', '[ERROR 419] MISSING ARGUMENTS', true],
  ['ERROR ARGUMENTS', '[ERROR 401] UNAUTHORIZED', false],
  ['?ERROR ?ARGUMENTS', '[ERROR 401] UNAUTHORIZED', true],
  ['?ERROR ?ARGUMENTS', 'all well', false],
  ['?ERROR WARN', 'WARN: nothing', true],
  ['"INTERNAL SERVER ERROR"', '[ERROR 500] INTERNAL SERVER ERROR', true],
  ['"INTERNAL SERVER ERROR"', 'SERVER INTERNAL ERROR', false],
  ['ERROR -ARGUMENTS', '[ERROR 419] MISSING ARGUMENTS', false],
  ['ERROR -ARGUMENTS', '[ERROR 401] UNAUTHORIZED', true],
  ['-"GET /health"', 'GET /health 200', false],
  ['-"GET /health"', 'GET /orders 200', true],
  ['"say \\"hi\\""', 'they say "hi" to us', true],
  ['%AUTHORIZED%', 'UNAUTHORIZED', true],
  ['%^\\d{3}\\s+ERR%', '404 ERR', true],
  ['%^\\d{3}\\s+ERR%', 'x404 ERR', false],
  ['%ERR|WARN%', 'a WARN', true],
  ['ERROR %4\\d\\d% -RETRY', 'ERROR 404 RETRY', false],
  ['{ $.eventType = "UpdateTrail" }', event, true],
  ['{ $.eventType = UpdateTrail }', event, true],
  ['{ $.eventType = "Update*" }', event, true],
  ['{ $.eventType = "Up_ate*" }', event, false],
  ['{ $.eventType != "UpdateTrail" }', event, false],
  ['{ $.eventType != "Other" }', event, true],
  ['{ $.missing != "Other" }', event, false],
  ['{ $.sourceIPAddress = 111.111.* }', event, true],
  ['{ $.arrayKey[0] = "value" }', event, true],
  ['{ $.arrayKey[1] = "value" }', event, false],
  ['{ $.arrayKey[*] = "another value" }', event, true],
  ['{ $.arrayKey = "value" }', event, false],
  ['{ $.objectList[1].id = 2 }', event, true],
  ['{ $.objectList[*].id > 1 }', event, true],
  ['{ $.objectList[*].id > 2 }', event, false],
  ['{ $.SomeObject IS NULL }', event, true],
  ['{ $.missing IS NULL }', event, false],
  ['{ $.SomeOtherObject NOT EXISTS }', event, true],
  ['{ $.SomeObject NOT EXISTS }', event, false],
  ['{ $.ThisFlag IS TRUE }', event, true],
  ['{ $.OffFlag IS TRUE }', event, false],
  ['{ $.OffFlag IS FALSE }', event, true],
  ['{ $.bandwidth > 75 }', event, true],
  ['{ $.bandwidth >= 75.5 }', event, true],
  ['{ $.bandwidth < 7.55e1 }', event, false],
  ['{ $.bandwidth <= 7.55e1 }', event, true],
  ['{ $.eventType > 1 }', event, false],
  ['{ $.code = 404 }', event, true],
  ['{ $.status = 404 }', event, true],
  ['{ $.status = "404" }', event, true],
  ['{ $.status = 4* }', event, true],
  ["{ $.['x.y'] = dotted }", event, true],
  ['{ $.deep.er.still = "here" }', event, true],
  ['{ $.deep.er = "here" }', event, false],
  ["{ $.deep['a b'] = 1 }", event, true],
  ['{ $.* = "UpdateTrail" }', event, true],
  ['{ $.eventType = %^Update% }', event, true],
  ['{ $.eventType = %^Trail% }', event, false],
  ['{ $.eventType = "X" || $.bandwidth > 1 && $.code = 404 }', event, true],
  ['{ ($.eventType = "X" || $.bandwidth > 1) && $.code = 405 }', event, false],
  ['{ $.status = 404 && ($.a = 1 || $.ThisFlag IS TRUE) }', event, true],
  ['{ $.a = 1 }', 'no JSON { "a": 1 }', false],
  ['{ $.a = 1 }', '{"a":1', false],
  ['{ $.a = 1 }', '{"a":1}\n', true],
  ['[ip, user, username, timestamp, request, status_code, bytes]', access, true],
  ['[ip, user, username]', access, false],
  ['[ip, user, username, timestamp, request =*.html*, status_code = 4*, bytes]', access, true],
  ['[ip, user, username, timestamp, request =*.html*, status_code = 5*, bytes]', access, false],
  ['[ip, user, username, timestamp, request =*.html*, status_code = 4*, bytes > 1000]', access, true],
  ['[ip, user, username, timestamp, request =*.html*, status_code = 4*, bytes > 2000]', access, false],
  ['[..., status_code=404||status_code=410, bytes]', access, true],
  ['[ip, ..., bytes<1000]', access, false],
  ['[ip=%127\\.0\\.0\\.[1-9]%, ...]', access, true],
  ['[w1!=ERROR&&w1!=WARN, w2]', 'INFO hello', true],
  ['[w1!=ERROR&&w1!=WARN, w2]', 'WARN hello', false],
  ['[level, ..., code!=0]', 'x y z', true],
  ['[a, ...]', '', false],
];

describe('a filter pattern', () => {
  test.each(cases)('%s on %s: %s', async (pattern, message, expected) => {
    expect(await matches(pattern, message)).toBe(expected);
  });

  test.each([
    '"open',
    '%open',
    '%(a)%',
    '%a% %b% %c%',
    '{ $.a }',
    '{ $.a = }',
    '{ a = 1 }',
    '{ $.a = 1',
    '{ $.a = 1 } x',
    '{ $.a IS NOT NULL }',
    '{ $.a EXISTS }',
    '{ $.a > "x" }',
    '{ $.a[*].b[*] = 1 }',
    '{ $.a[*] = 1 && $.b[*] = 1 && $.c[*] = 1 && $.d[*] = 1 }',
    '{ ($.a = 1 }',
    '[a, ..., b, ...]',
    '[a',
    '[a=1&&b=2]',
    '{ $. = 1 }',
    '?',
  ])('%s is refused', (pattern) => {
    expect(() => parseFilterPattern(pattern)).toThrow(FilterPatternError);
  });

  test('whatever is given, it is a pattern that the database takes or an error with its place', async () => {
    const part = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        '(',
        ')',
        '$',
        '.',
        '*',
        '...',
        '%',
        '"',
        "'",
        '&&',
        '||',
        '=',
        '!=',
        '>',
        ' ',
        ',',
      ],
      ...[
        'a',
        '1',
        '1e3',
        '-',
        '?',
        'IS',
        'NULL',
        'NOT',
        'EXISTS',
        'TRUE',
        '\\',
        '$.a',
        '\\d',
        ';',
        '--',
        '$1',
      ],
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 14 }).map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.string(), async (pattern, message) => {
        try {
          await matches(pattern, message);
        } catch (error) {
          expect(error).toBeInstanceOf(FilterPatternError);
          expect((error as FilterPatternError).position).toBeLessThanOrEqual(pattern.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('a quoted phrase matches exactly the messages that contain it', async () => {
    const phrase = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((text) => text.trim() !== '' && !text.includes('\0'));
    await fc.assert(
      fc.asyncProperty(phrase, fc.string({ unit: 'grapheme' }), fc.boolean(), async (wanted, around, put) => {
        const message = (put ? around + wanted : around).replaceAll('\0', '');
        const pattern = `"${wanted.replace(/[\\"]/g, (character) => `\\${character}`)}"`;
        expect(await matches(pattern, message)).toBe(message.includes(wanted));
      }),
      { numRuns: 300 },
    );
  });
});
