'use client';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import type { KeyboardEvent, ReactNode } from 'react';
import { formatBytes } from '../../../components/format-bytes.ts';
import { formatSeconds } from '../../../components/format-duration.ts';
import { FunctionState } from '../../../components/function-state.tsx';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { Checkbox } from '../../../components/ui/checkbox.tsx';
import { cn } from '../../../components/ui/class-names.ts';
import type { Sort, SortKey } from './search-params.ts';

interface FunctionsTableProps {
  functions: readonly FunctionConfiguration[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
}

const columns: {
  key: SortKey;
  label: string;
  className?: string;
  cell: (item: FunctionConfiguration) => ReactNode;
}[] = [
  { key: 'runtime', label: 'Runtime', className: 'hidden sm:table-cell', cell: (item) => item.Runtime },
  {
    key: 'memory',
    label: 'Memory',
    className: 'hidden text-right lg:table-cell',
    cell: (item) => `${item.MemorySize?.toLocaleString('en')} MB`,
  },
  {
    key: 'timeout',
    label: 'Timeout',
    className: 'hidden text-right lg:table-cell',
    cell: (item) => formatSeconds(item.Timeout ?? 0),
  },
  {
    key: 'size',
    label: 'Code size',
    className: 'hidden text-right md:table-cell',
    cell: (item) => formatBytes(item.CodeSize ?? 0),
  },
  {
    key: 'modified',
    label: 'Last modified',
    className: 'text-right',
    cell: (item) => <RelativeTime iso={item.LastModified ?? ''} />,
  },
];

/** Arrow keys move between rows, Space selects, Enter opens. */
function moveInRows(event: KeyboardEvent<HTMLElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-row]')];
  const at = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement));
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
}

/** The functions, one row each. */
export function FunctionsTable({ functions, sort, onSort, selected, onSelect }: FunctionsTableProps) {
  const names = functions.map((item) => item.FunctionName ?? '');
  const selectedHere = names.filter((name) => selected.has(name)).length;
  const toggle = (toggled: readonly string[], isOn: boolean) => {
    const next = new Set(selected);
    for (const name of toggled) isOn ? next.add(name) : next.delete(name);
    onSelect(next);
  };
  return (
    <div className="overflow-hidden rounded border bg-surface">
      <table className="w-full table-fixed border-collapse text-sm" aria-label="Functions">
        <thead>
          <tr className="border-b text-left">
            <th scope="col" className="w-10 pl-4">
              <Checkbox
                aria-label="Select all on this page"
                checked={selectedHere === 0 ? false : selectedHere === names.length || 'indeterminate'}
                onCheckedChange={(isOn) => toggle(names, isOn === true)}
              />
            </th>
            <SortHeader column="name" label="Name" sort={sort} onSort={onSort} className="px-2" />
            {columns.map(({ key, label, className }) => (
              <SortHeader
                key={key}
                column={key}
                label={label}
                sort={sort}
                onSort={onSort}
                className={cn('w-32 px-2 last:pr-4', className)}
              />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={moveInRows}>
          {functions.map((item) => {
            const name = item.FunctionName ?? '';
            const isSelected = selected.has(name);
            return (
              <tr
                key={name}
                className={cn(
                  'group relative h-11 border-b last:border-b-0 hover:bg-hover',
                  isSelected && 'bg-accent-soft hover:bg-accent-soft',
                )}
              >
                <td className="relative z-10 pl-4">
                  <Checkbox
                    aria-label={`Select ${name}`}
                    checked={isSelected}
                    onCheckedChange={(isOn) => toggle([name], isOn === true)}
                  />
                </td>
                <td className="px-2 py-1.5">
                  <Link
                    href={`/functions/${name}`}
                    data-row
                    onKeyDown={(event) => {
                      if (event.key !== ' ') return;
                      event.preventDefault();
                      toggle([name], !isSelected);
                    }}
                    // The link covers the row, so that all of it can be clicked.
                    className="flex items-center gap-2 font-medium text-ink outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
                    title={item.Description || undefined}
                  >
                    <span className="truncate">{name}</span>
                    <FunctionState configuration={item} />
                  </Link>
                  <span className="block truncate text-ink-3 text-xs sm:hidden">{item.Runtime}</span>
                </td>
                {columns.map(({ key, className, cell }) => (
                  <td key={key} className={cn('truncate px-2 text-ink-2 tabular-nums last:pr-4', className)}>
                    {cell(item)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface SortHeaderProps {
  column: SortKey;
  label: string;
  sort: Sort;
  onSort: (sort: Sort) => void;
  className?: string;
}

function SortHeader({ column, label, sort, onSort, className }: SortHeaderProps) {
  const isActive = sort.key === column;
  const Arrow = isActive && sort.descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isActive ? (sort.descending ? 'descending' : 'ascending') : undefined}
      className={cn('h-9 font-medium text-ink-3 text-xs', className)}
    >
      <button
        type="button"
        onClick={() => onSort({ key: column, descending: isActive && !sort.descending })}
        className={cn(
          'group/sort inline-flex h-7 items-center gap-1 rounded-sm hover:text-ink in-[.text-right]:flex-row-reverse',
          isActive && 'text-ink',
        )}
      >
        {label}
        <Arrow className={cn('size-3', !isActive && 'opacity-0 group-hover/sort:opacity-50')} aria-hidden />
      </button>
    </th>
  );
}
