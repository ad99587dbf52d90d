import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Sort, SortKey } from './search-params.ts';

/** Rows on one page of the table. */
export const pageSize = 50;

const sortValues: Record<SortKey, (item: FunctionConfiguration) => string | number> = {
  name: (item) => item.FunctionName ?? '',
  runtime: (item) => item.Runtime ?? '',
  memory: (item) => item.MemorySize ?? 0,
  timeout: (item) => item.Timeout ?? 0,
  size: (item) => item.CodeSize ?? 0,
  modified: (item) => item.LastModified ?? '',
};

const compareText = new Intl.Collator('en', { numeric: true }).compare;

/** The functions that search and filter leave, in order. Words of the search may stand anywhere in name or description. */
export function viewFunctions(
  functions: readonly FunctionConfiguration[],
  { q, runtime, sort }: { q: string; runtime: string; sort: Sort },
): FunctionConfiguration[] {
  const wanted = q.toLowerCase().split(/\s+/).filter(Boolean);
  const value = sortValues[sort.key];
  const direction = sort.descending ? -1 : 1;
  return functions
    .filter((item) => {
      const text = `${item.FunctionName} ${item.Description ?? ''}`.toLowerCase();
      return (runtime === '' || item.Runtime === runtime) && wanted.every((word) => text.includes(word));
    })
    .sort((one, other) => {
      const [a, b] = [value(one), value(other)];
      const order =
        typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b));
      return direction * order || compareText(one.FunctionName ?? '', other.FunctionName ?? '');
    });
}
