import { readMarker, writeMarker } from '../marker.ts';

/** A page of a short list that is sorted by `keyOf`, in IAM's terms. */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { Marker, MaxItems = 100 }: { Marker?: string | undefined; MaxItems?: number | undefined },
): { page: Item[]; end: { IsTruncated: boolean; Marker?: string } } {
  const after = Marker === undefined ? '' : readMarker(Marker);
  const rest = items.filter((item) => keyOf(item) > after);
  const page = rest.slice(0, MaxItems);
  const last = page.at(-1);
  const isTruncated = rest.length > page.length && last !== undefined;
  return {
    page,
    end: { IsTruncated: isTruncated, ...(isTruncated && { Marker: writeMarker(keyOf(last)) }) },
  };
}
