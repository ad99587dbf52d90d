'use client';
import { X } from 'lucide-react';
import { cn } from '../../../../../components/ui/class-names.ts';

interface EditorTabsProps {
  open: readonly string[];
  active: string | undefined;
  changed: ReadonlySet<string>;
  onOpen: (path: string) => void;
  onClose: (path: string) => void;
}

/** The open files. A dot marks what is not deployed. */
export function EditorTabs({ open, active, changed, onOpen, onClose }: EditorTabsProps) {
  return (
    <nav
      aria-label="Open files"
      className="flex h-9 shrink-0 overflow-x-auto border-b bg-inset [scrollbar-width:none]"
    >
      {open.map((path) => {
        const isActive = path === active;
        const name = path.split('/').at(-1);
        return (
          <div
            key={path}
            className={cn(
              'group flex shrink-0 items-center border-r text-sm',
              isActive
                ? 'bg-surface text-ink shadow-[inset_0_2px_0_var(--accent)]'
                : 'text-ink-2 hover:text-ink',
            )}
          >
            <button
              type="button"
              aria-current={isActive ? 'true' : undefined}
              title={path}
              onClick={() => onOpen(path)}
              onAuxClick={(event) => event.button === 1 && onClose(path)}
              className="flex h-full items-center gap-2 pr-1 pl-3 focus-visible:-outline-offset-2"
            >
              {name}
              {changed.has(path) && (
                <span className="size-1.5 rounded-full bg-accent">
                  <span className="sr-only">not deployed</span>
                </span>
              )}
            </button>
            <button
              type="button"
              aria-label={`Close ${name}`}
              onClick={() => onClose(path)}
              className={cn(
                'mr-1.5 flex size-6 items-center justify-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink focus-visible:opacity-100 focus-visible:-outline-offset-2 group-hover:opacity-100',
                !isActive && 'opacity-0 pointer-coarse:opacity-100',
              )}
            >
              <X className="size-3.5" aria-hidden />
            </button>
          </div>
        );
      })}
    </nav>
  );
}
