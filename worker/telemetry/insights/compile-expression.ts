import type { SqlValues } from '../store/sql-values.ts';
import type { BinaryOperator, Expression } from './query.ts';
import { QueryError } from './query-error.ts';

/** What an SQL expression gives. `any` is text that may look like a number; `time` is milliseconds since the epoch. */
export type SqlType = 'any' | 'text' | 'number' | 'boolean' | 'time';

export interface Sql {
  sql: string;
  type: SqlType;
}

type Call = Extract<Expression, { kind: 'call' }>;

/** How a call of one function is compiled. */
export type CompileCall = (call: Call, scope: Scope) => Sql;

/** What an expression is compiled in. */
export interface Scope {
  /** By their names in lower case. */
  functions: ReadonlyMap<string, CompileCall>;
  values: SqlValues;
  /** The SQL of a field. */
  field(name: string): Sql;
  /** Milliseconds since the epoch. */
  now: number;
  startTime: number;
  endTime: number;
  /** Whether functions of groups (`count`, `avg` …) are allowed here. */
  aggregates: boolean;
}

/** @throws QueryError for unknown functions and operands that do not fit. */
export function compileExpression(expression: Expression, scope: Scope): Sql {
  switch (expression.kind) {
    case 'field':
      return scope.field(expression.name);
    case 'number':
      return { sql: `${scope.values.add(expression.value)}::DOUBLE`, type: 'number' };
    case 'text':
      return { sql: `${scope.values.add(expression.value)}::VARCHAR`, type: 'text' };
    case 'call':
      return compileCall(expression, scope);
    case 'unary': {
      const operand = compileExpression(expression.operand, scope);
      return expression.operator === '-'
        ? { sql: `(- ${asNumber(operand)})`, type: 'number' }
        : { sql: `(NOT ${asBoolean(operand)})`, type: 'boolean' };
    }
    case 'binary':
      return compileBinary(expression, scope);
  }
  throw new QueryError('this cannot stand here', expression.start, expression.end);
}

/** NULL where it is no number. */
export function asNumber({ sql, type }: Sql): string {
  return type === 'number' || type === 'time' ? sql : `TRY_CAST(${sql} AS DOUBLE)`;
}

/** Whole numbers without a decimal point. */
export function asText({ sql, type }: Sql): string {
  if (type === 'text' || type === 'any') return sql;
  if (type === 'number') return `regexp_replace(CAST(${sql} AS VARCHAR), '\\.0$', '')`;
  return `CAST(${sql} AS VARCHAR)`;
}

export function asBoolean({ sql, type }: Sql): string {
  if (type === 'boolean') return `coalesce(${sql}, false)`;
  return type === 'number' || type === 'time'
    ? `coalesce(${sql} <> 0, false)`
    : `coalesce(${sql} NOT IN ('', 'false', '0'), false)`;
}

function compileCall(call: Call, scope: Scope): Sql {
  const compile = scope.functions.get(call.name.toLowerCase());
  if (!compile) {
    throw new QueryError(
      `Hearth does not know the function ${call.name}`,
      call.start,
      call.start + call.name.length,
    );
  }
  return compile(call, scope);
}

type Binary = Extract<Expression, { kind: 'binary' }>;

function compileBinary(expression: Binary, scope: Scope): Sql {
  const { operator, right } = expression;
  const left = compileExpression(expression.left, scope);
  switch (operator) {
    case 'and':
    case 'or':
      return {
        sql: `(${asBoolean(left)} ${operator} ${asBoolean(compileExpression(right, scope))})`,
        type: 'boolean',
      };
    case 'like':
      return { sql: likeSql(asText(left), right, scope), type: 'boolean' };
    case 'in': {
      const items = right.kind === 'list' ? right.items : [right];
      const equal = items.map((item) => compareSql('=', left, compileExpression(item, scope)));
      return { sql: `(${equal.join(' OR ')})`, type: 'boolean' };
    }
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '^':
      return {
        sql: arithmeticSql(operator, asNumber(left), asNumber(compileExpression(right, scope))),
        type: 'number',
      };
    default:
      return { sql: compareSql(operator, left, compileExpression(right, scope)), type: 'boolean' };
  }
}

function likeSql(text: string, pattern: Expression, { values }: Scope): string {
  const matched =
    pattern.kind === 'regex'
      ? `regexp_matches(${text}, ${values.add(pattern.source)}::VARCHAR)`
      : `contains(${text}, ${values.add(pattern.kind === 'text' ? pattern.value : '')}::VARCHAR)`;
  return `coalesce(${matched}, false)`;
}

/** As numbers where one side is one, else as texts. A field that is not there is unequal to everything. */
function compareSql(operator: BinaryOperator, left: Sql, right: Sql): string {
  const isNumeric = [left, right].some(({ type }) => type === 'number' || type === 'time');
  const symbol = operator === '!=' ? '<>' : operator;
  const [one, two] = isNumeric ? [asNumber(left), asNumber(right)] : [asText(left), asText(right)];
  return `coalesce(${one} ${symbol} ${two}, ${operator === '!='})`;
}

function arithmeticSql(operator: '+' | '-' | '*' | '/' | '%' | '^', left: string, right: string): string {
  if (operator === '^') return `pow(${left}, ${right})`;
  // DuckDB knows infinity; Insights has no result for a division by zero.
  const divisor = operator === '/' || operator === '%' ? `nullif(${right}, 0)` : right;
  return `(${left} ${operator} ${divisor})`;
}
