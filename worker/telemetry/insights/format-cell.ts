import type { SqlType } from './compile-expression.ts';

const decimals = 4;

/** A value as Insights shows it: all are texts; undefined where there is none. */
export function formatCell(value: unknown, type: SqlType): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (type === 'time') return new Date(Number(value)).toISOString().replace('T', ' ').replace('Z', '');
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number') return String(Number(value.toFixed(decimals)));
  return String(value);
}
