'use client';
import { Search, Trash2, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '../../../components/ui/button.tsx';
import { Input, Select } from '../../../components/ui/input.tsx';
import { Kbd } from '../../../components/ui/kbd.tsx';

interface FunctionsToolbarProps {
  view: { q: string; runtime: string };
  onViewChange: (change: { q?: string | null; runtime?: string | null }) => void;
  /** The runtimes that functions have. */
  runtimes: readonly string[];
  selectedCount: number;
  onDelete: () => void;
  onClearSelection: () => void;
}

/** Search and filter; with rows selected, what can be done with them. */
export function FunctionsToolbar({
  view,
  onViewChange,
  runtimes,
  selectedCount,
  onDelete,
  onClearSelection,
}: FunctionsToolbarProps) {
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof Element &&
        event.target.closest('input, textarea, select, [contenteditable], [role=dialog]');
      if (event.key !== '/' || event.metaKey || event.ctrlKey || event.altKey || isTyping) return;
      event.preventDefault();
      search.current?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="relative w-full sm:w-80">
        <Search
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 size-4 text-ink-3"
          aria-hidden
        />
        <Input
          ref={search}
          type="search"
          aria-label="Search functions"
          aria-keyshortcuts="/"
          placeholder="Search by name or description"
          className="pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden"
          value={view.q}
          onChange={(event) => onViewChange({ q: event.target.value || null })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            if (view.q) onViewChange({ q: null });
            else event.currentTarget.blur();
          }}
        />
        {view.q ? (
          <button
            type="button"
            aria-label="Clear search"
            onClick={() => {
              onViewChange({ q: null });
              search.current?.focus();
            }}
            className="-translate-y-1/2 absolute top-1/2 right-1 flex size-6 items-center justify-center rounded-sm text-ink-3 hover:text-ink"
          >
            <X className="size-4" aria-hidden />
          </button>
        ) : (
          <Kbd
            keys={['/']}
            className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2 text-ink-3"
          />
        )}
      </div>
      <Select
        aria-label="Runtime"
        value={view.runtime}
        onChange={(event) => onViewChange({ runtime: event.target.value || null })}
        className="w-40"
      >
        <option value="">All runtimes</option>
        {runtimes.map((runtime) => (
          <option key={runtime} value={runtime}>
            {runtime}
          </option>
        ))}
      </Select>
      {selectedCount > 0 && (
        <div role="status" className="flex items-center gap-2 sm:ml-auto">
          <span className="text-ink-2 text-sm tabular-nums">{selectedCount} selected</span>
          <Button onClick={onDelete}>
            <Trash2 className="text-danger" aria-hidden />
            Delete
          </Button>
          <Button variant="ghost" onClick={onClearSelection}>
            Clear
          </Button>
        </div>
      )}
    </div>
  );
}
