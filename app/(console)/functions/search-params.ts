import { createParser, parseAsInteger, parseAsString } from 'nuqs';

/** Columns that the table can be sorted by. */
const sortKeys = ['name', 'runtime', 'memory', 'timeout', 'size', 'modified'] as const;
export type SortKey = (typeof sortKeys)[number];

/** A column and a direction: `size` or, descending, `-size`. */
export interface Sort {
  key: SortKey;
  descending: boolean;
}

const parseAsSort = createParser<Sort>({
  parse: (text) => {
    const key = sortKeys.find((candidate) => candidate === text.replace(/^-/, ''));
    return key ? { key, descending: text.startsWith('-') } : null;
  },
  serialize: ({ key, descending }) => (descending ? `-${key}` : key),
  eq: (one, other) => one.key === other.key && one.descending === other.descending,
});

/** What of the list's state is in its URL. */
export const functionsSearchParams = {
  q: parseAsString.withDefault(''),
  runtime: parseAsString.withDefault(''),
  sort: parseAsSort.withDefault({ key: 'name', descending: false }),
  page: parseAsInteger.withDefault(1),
};
