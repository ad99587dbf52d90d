import { type SqlValues, sqlText } from '../store/sql-values.ts';
import type {
  Comparison,
  Field,
  FieldCondition,
  FilterPattern,
  JsonCondition,
  Matcher,
  Selector,
} from './filter-pattern.ts';

/** An SQL condition on `message` that holds for the events that the pattern matches. */
export function filterPatternSql(pattern: FilterPattern, values: SqlValues): string {
  switch (pattern.kind) {
    case 'all':
      return 'true';
    case 'terms':
      return termsSql(pattern, values);
    case 'json':
      // CASE, because AND does not promise to look at the left side first, and text that is no JSON is an error.
      return `CASE WHEN json_valid(message) THEN ${jsonSql(pattern.condition, values)} ELSE false END`;
    case 'fields':
      return fieldsSql(pattern, values);
  }
}

function termsSql(
  { every, some, none }: Extract<FilterPattern, { kind: 'terms' }>,
  values: SqlValues,
): string {
  const contains = (matcher: Matcher) => matcherSql('message', matcher, values);
  const conditions = [...every.map(contains), ...none.map((matcher) => `NOT ${contains(matcher)}`)];
  if (some.length > 0) conditions.push(`(${some.map(contains).join(' OR ')})`);
  return conditions.join(' AND ');
}

function matcherSql(text: string, matcher: Matcher, values: SqlValues): string {
  return matcher.kind === 'text'
    ? `contains(${text}, ${values.add(matcher.text)})`
    : `regexp_matches(${text}, ${values.add(matcher.source)})`;
}

function jsonSql(condition: JsonCondition, values: SqlValues): string {
  if (condition.kind !== 'property') {
    const operands = condition.operands.map((operand) => jsonSql(operand, values));
    return `(${operands.join(condition.kind === 'and' ? ' AND ' : ' OR ')})`;
  }
  const { selector, test } = condition;
  const found = hitsSql(selector);
  if (test.kind === 'not-exists') return `len(list_filter(${found}, lambda v: v IS NOT NULL)) = 0`;
  const holds = test.kind === 'is' ? isSql(test.what) : propertySql(test, values);
  return `len(list_filter(${found}, lambda v: coalesce(${holds}, false))) > 0`;
}

/** The list of what a selector hits; its elements are NULL where there is nothing. */
function hitsSql(selector: Selector): string {
  const steps = selector.map((step) => {
    if (step === 'every-member') return '.*';
    if (step === 'every-element') return '[*]';
    return 'index' in step ? `[${step.index}]` : `."${step.member}"`;
  });
  const extract = `json_extract(message, ${sqlText(`$${steps.join('')}`)})`;
  return selector.some((step) => typeof step === 'string') ? extract : `[${extract}]`;
}

function isSql(what: 'NULL' | 'TRUE' | 'FALSE'): string {
  return what === 'NULL'
    ? `json_type(v) = 'NULL'`
    : `(json_type(v) = 'BOOLEAN' AND CAST(v AS VARCHAR) = '${what.toLowerCase()}')`;
}

const scalars = `json_type(v) IN ('VARCHAR', 'BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE', 'BOOLEAN')`;
const numbers = `json_type(v) IN ('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE')`;

function propertySql({ operator, value }: Comparison, values: SqlValues): string {
  const text = `(v->>'$')`;
  if (value.kind === 'number') {
    const number = `CASE WHEN ${numbers} THEN TRY_CAST(v AS DOUBLE) ${sqlOperator(operator)} ${values.add(value.value)}::DOUBLE`;
    if (operator !== '=' && operator !== '!=') return `${number} ELSE false END`;
    return `${number} WHEN ${scalars} THEN ${text} ${sqlOperator(operator)} ${values.add(value.text)} ELSE false END`;
  }
  const equal =
    value.kind === 'regex' ? matcherSql(text, value, values) : equalsSql(text, value.text, values);
  return `(${scalars} AND ${operator === '!=' ? `NOT ${equal}` : equal})`;
}

/** Fields are words, or what quotes or brackets hold together. */
const words = `regexp_extract_all(message, '"[^"]*"|\\[[^\\]]*\\]|[^\\s"\\[]\\S*|\\S')`;

function fieldsSql(
  { leading, trailing, open }: Extract<FilterPattern, { kind: 'fields' }>,
  values: SqlValues,
): string {
  const count = leading.length + trailing.length;
  const conditions = [`len(${words}) ${open ? '>=' : '='} ${count}`];
  const add = (field: Field, position: number) => {
    if (field.condition.kind === 'any') return;
    conditions.push(
      fieldSql(field.condition, `regexp_replace(${words}[${position}], '^["\\[](.*)["\\]]$', '\\1')`, values),
    );
  };
  leading.forEach((field, index) => {
    add(field, index + 1);
  });
  trailing.forEach((field, index) => {
    add(field, index - trailing.length);
  });
  return `(${conditions.map((condition) => `coalesce(${condition}, false)`).join(' AND ')})`;
}

function fieldSql(condition: FieldCondition, field: string, values: SqlValues): string {
  if (condition.kind === 'any') return 'true';
  if (condition.kind === 'compare') return comparisonSql(condition, field, values);
  const operands = condition.operands.map((operand) => fieldSql(operand, field, values));
  return `(${operands.join(condition.kind === 'and' ? ' AND ' : ' OR ')})`;
}

function comparisonSql({ operator, value }: Comparison, field: string, values: SqlValues): string {
  if (value.kind !== 'number') {
    const equal =
      value.kind === 'regex' ? matcherSql(field, value, values) : equalsSql(field, value.text, values);
    return operator === '!=' ? `NOT ${equal}` : equal;
  }
  const number = `TRY_CAST(${field} AS DOUBLE)`;
  const compared = `${number} ${sqlOperator(operator)} ${values.add(value.value)}::DOUBLE`;
  return operator === '!=' ? `(${number} IS NULL OR ${compared})` : compared;
}

/** `*` stands for any characters. */
function equalsSql(text: string, wanted: string, values: SqlValues): string {
  if (!wanted.includes('*')) return `${text} = ${values.add(wanted)}`;
  const pattern = wanted.replace(/[\\%_]/g, (character) => `\\${character}`).replaceAll('*', '%');
  return `${text} LIKE ${values.add(pattern)} ESCAPE '\\'`;
}

function sqlOperator(operator: Comparison['operator']): string {
  return operator === '!=' ? '<>' : operator;
}
