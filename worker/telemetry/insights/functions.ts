import {
  asBoolean,
  asNumber,
  asText,
  type CompileCall,
  compileExpression,
  type Scope,
  type Sql,
  type SqlType,
} from './compile-expression.ts';
import type { Expression } from './query.ts';
import { QueryError } from './query-error.ts';

type Call = Extract<Expression, { kind: 'call' }>;

const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const calendar: Readonly<Record<string, string>> = { mo: 'month', q: 'quarter', y: 'year' };
const many = Number.POSITIVE_INFINITY;

/** A function of values: `template` gets the SQL of each argument, read as `reads` says. */
function plain(
  type: SqlType,
  reads: 'number' | 'text' | 'any',
  [min, max]: readonly [number, number],
  template: (...operands: string[]) => string,
): CompileCall {
  return (call, scope) => {
    checkCount(call, min, max);
    const read = { number: asNumber, text: asText, any: ({ sql }: Sql) => sql }[reads];
    return {
      sql: template(...call.arguments.map((argument) => read(compileExpression(argument, scope)))),
      type,
    };
  };
}

/** A function of a group of events. */
function aggregate(
  type: SqlType | 'same',
  reads: 'number' | 'text' | 'any',
  template: (operand: string) => string,
): CompileCall {
  return (call, scope) => {
    checkAggregate(call, scope);
    checkCount(call, 1, 1);
    const operand = compileExpression(argumentAt(call, 0), inGroup(scope));
    const sql = reads === 'number' ? asNumber(operand) : reads === 'text' ? asText(operand) : operand.sql;
    return { sql: template(sql), type: type === 'same' ? operand.type : type };
  };
}

const numberOf = (sql: string) => plain('number', 'number', [1, 1], (value) => sql.replaceAll('?', value));
const textOf = (sql: string) => plain('text', 'text', [1, 1], (value) => sql.replaceAll('?', value));
const booleanOf = (sql: string) => plain('boolean', 'text', [1, 1], (value) => sql.replaceAll('?', value));

/** The functions of Logs Insights by their names in lower case. */
export const functions: ReadonlyMap<string, CompileCall> = new Map<string, CompileCall>([
  ['abs', numberOf('abs(?)')],
  ['ceil', numberOf('ceil(?)')],
  ['floor', numberOf('floor(?)')],
  ['log', numberOf('ln(CASE WHEN ? > 0 THEN ? END)')],
  ['sqrt', numberOf('sqrt(CASE WHEN ? >= 0 THEN ? END)')],
  ['tonumber', numberOf('?')],
  ['todouble', numberOf('?')],
  ['toint', numberOf('trunc(?)')],
  ['tolong', numberOf('trunc(?)')],
  [
    'round',
    plain(
      'number',
      'number',
      [1, 2],
      (value, digits) => `round(${value}, coalesce(CAST(${digits ?? '0'} AS INTEGER), 0))`,
    ),
  ],
  ['greatest', plain('number', 'number', [1, many], (...all) => `greatest(${all.join()})`)],
  ['least', plain('number', 'number', [1, many], (...all) => `least(${all.join()})`)],
  ['ispresent', plain('boolean', 'any', [1, 1], (value) => `(${value} IS NOT NULL)`)],
  ['isnumeric', booleanOf('(TRY_CAST(? AS DOUBLE) IS NOT NULL)')],
  ['coalesce', plain('any', 'text', [1, many], (...all) => `coalesce(${all.join()})`)],
  ['if', compileIf],
  ['isempty', booleanOf(`coalesce(? = '', true)`)],
  ['isblank', booleanOf(`coalesce(trim(?) = '', true)`)],
  ['concat', plain('text', 'text', [1, many], (...all) => `concat(${all.join()})`)],
  ['ltrim', plain('text', 'text', [1, 2], (...all) => `ltrim(${all.join()})`)],
  ['rtrim', plain('text', 'text', [1, 2], (...all) => `rtrim(${all.join()})`)],
  ['trim', plain('text', 'text', [1, 2], (...all) => `trim(${all.join()})`)],
  ['strlen', plain('number', 'text', [1, 1], (value) => `length(${value})::DOUBLE`)],
  ['toupper', textOf('upper(?)')],
  ['tolower', textOf('lower(?)')],
  ['substr', compileSubstr],
  ['replace', plain('text', 'text', [3, 3], (...all) => `replace(${all.join()})`)],
  ['strcontains', plain('number', 'text', [2, 2], (text, part) => `contains(${text}, ${part})::INTEGER`)],
  ['bin', compileBin],
  ['datefloor', (call, scope) => compileRounding(call, scope, 'floor')],
  ['dateceil', (call, scope) => compileRounding(call, scope, 'ceil')],
  ['frommillis', plain('time', 'number', [1, 1], (value) => `CAST(${value} AS BIGINT)`)],
  ['tomillis', plain('number', 'number', [1, 1], (value) => value)],
  ['now', (call, { now }) => constant(call, Math.floor(now / 1000))],
  ['querystarttime', (call, { startTime }) => ({ ...constant(call, startTime), type: 'time' })],
  ['queryendtime', (call, { endTime }) => ({ ...constant(call, endTime), type: 'time' })],
  ['count', compileCount],
  ['count_distinct', aggregate('number', 'text', (value) => `count(DISTINCT ${value})::DOUBLE`)],
  ['avg', aggregate('number', 'number', (value) => `avg(${value})`)],
  ['sum', aggregate('number', 'number', (value) => `sum(${value})`)],
  ['stddev', aggregate('number', 'number', (value) => `stddev_pop(${value})`)],
  ['min', compileExtreme('min')],
  ['max', compileExtreme('max')],
  ['earliest', aggregate('same', 'any', (value) => `arg_min(${value}, (ts, seq))`)],
  ['latest', aggregate('same', 'any', (value) => `arg_max(${value}, (ts, seq))`)],
  ['sortsfirst', aggregate('text', 'text', (value) => `min(${value})`)],
  ['sortslast', aggregate('text', 'text', (value) => `max(${value})`)],
  ['pct', compilePercentile],
  ['percentile', compilePercentile],
]);

function compileIf(call: Call, scope: Scope): Sql {
  checkCount(call, 3, 3);
  const [condition, yes, no] = call.arguments.map((argument) => compileExpression(argument, scope));
  if (!condition || !yes || !no) throw wrongCount(call);
  const sameType = yes.type === no.type;
  const [one, two] = sameType ? [yes.sql, no.sql] : [asText(yes), asText(no)];
  return {
    sql: `CASE WHEN ${asBoolean(condition)} THEN ${one} ELSE ${two} END`,
    type: sameType ? yes.type : 'any',
  };
}

/** Positions count from 0. */
function compileSubstr(call: Call, scope: Scope): Sql {
  checkCount(call, 2, 3);
  const [text, start, length] = call.arguments.map((argument) => compileExpression(argument, scope));
  if (!text || !start) throw wrongCount(call);
  const from = `(CAST(${asNumber(start)} AS BIGINT) + 1)`;
  const rest = length ? `, CAST(${asNumber(length)} AS BIGINT)` : '';
  return { sql: `substr(${asText(text)}, ${from}${rest})`, type: 'text' };
}

function compileBin(call: Call, scope: Scope): Sql {
  checkCount(call, 1, 1);
  return floorSql(scope.field('@timestamp').sql, argumentAt(call, 0), 'floor');
}

function compileRounding(call: Call, scope: Scope, direction: 'floor' | 'ceil'): Sql {
  checkCount(call, 2, 2);
  return floorSql(asNumber(compileExpression(argumentAt(call, 0), scope)), argumentAt(call, 1), direction);
}

function floorSql(time: string, period: Expression, direction: 'floor' | 'ceil'): Sql {
  if (period.kind !== 'duration' || period.count < 1) {
    throw new QueryError('a period such as 5m is expected', period.start, period.end);
  }
  const fixed = milliseconds[period.unit];
  if (fixed !== undefined) {
    const length = fixed * period.count;
    return { sql: `CAST(${direction}(${time} / ${length}.0) * ${length} AS BIGINT)`, type: 'time' };
  }
  const unit = calendar[period.unit];
  if (!unit || period.count !== 1)
    throw new QueryError('this period is not supported', period.start, period.end);
  const floored = `date_trunc('${unit}', make_timestamp_ms(CAST(${time} AS BIGINT)))`;
  const rounded = direction === 'floor' ? floored : `${floored} + INTERVAL 1 ${unit}`;
  return { sql: `epoch_ms(${rounded})`, type: 'time' };
}

function compileCount(call: Call, scope: Scope): Sql {
  checkAggregate(call, scope);
  checkCount(call, 0, 1);
  const [argument] = call.arguments;
  const counted =
    !argument || argument.kind === 'star' ? '*' : compileExpression(argument, inGroup(scope)).sql;
  return { sql: `count(${counted})::DOUBLE`, type: 'number' };
}

/** Of numbers where there are any, else of texts. */
function compileExtreme(name: 'min' | 'max'): CompileCall {
  return (call, scope) => {
    checkAggregate(call, scope);
    checkCount(call, 1, 1);
    const operand = compileExpression(argumentAt(call, 0), inGroup(scope));
    if (operand.type === 'time' || operand.type === 'text')
      return { sql: `${name}(${operand.sql})`, type: operand.type };
    return { sql: `${name}(${asNumber(operand)})`, type: 'number' };
  };
}

function compilePercentile(call: Call, scope: Scope): Sql {
  checkAggregate(call, scope);
  checkCount(call, 2, 2);
  const percent = argumentAt(call, 1);
  if (percent.kind !== 'number' || percent.value < 0 || percent.value > 100) {
    throw new QueryError('a percentage from 0 to 100 is expected', percent.start, percent.end);
  }
  const operand = asNumber(compileExpression(argumentAt(call, 0), inGroup(scope)));
  return { sql: `quantile_cont(${operand}, ${percent.value / 100})`, type: 'number' };
}

function constant(call: Call, value: number): Sql {
  checkCount(call, 0, 0);
  return { sql: `${value}::BIGINT`, type: 'number' };
}

function inGroup(scope: Scope): Scope {
  return { ...scope, aggregates: false };
}

function argumentAt(call: Call, index: number): Expression {
  const argument = call.arguments[index];
  if (!argument) throw wrongCount(call);
  return argument;
}

function checkAggregate(call: Call, { aggregates }: Scope): void {
  if (!aggregates) throw new QueryError(`${call.name} is only possible in stats`, call.start, call.end);
}

function checkCount(call: Call, min: number, max: number): void {
  if (call.arguments.length < min || call.arguments.length > max) throw wrongCount(call);
}

function wrongCount(call: Call): QueryError {
  return new QueryError(`${call.name} is given a wrong number of arguments`, call.start, call.end);
}
