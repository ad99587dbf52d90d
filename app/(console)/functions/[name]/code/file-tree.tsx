'use client';
import { ChevronRight, Ellipsis, File, FileBraces, FileCode2, FileText, Pencil, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { cn } from '../../../../../components/ui/class-names.ts';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../../../components/ui/menu.tsx';
import { type TreeRow, treeRows } from './tree-rows.ts';

interface FileTreeProps {
  paths: readonly string[];
  active?: string;
  /** Paths that are not as deployed. */
  changed?: ReadonlySet<string>;
  /** Without it the tree is only to look at. */
  actions?: {
    open: (path: string) => void;
    rename: (path: string) => void;
    remove: (path: string, isFolder: boolean) => void;
  };
}

/** The files of a package. Arrow keys move and fold, Enter opens, F2 renames, Delete deletes. */
export function FileTree({ paths, active, changed, actions }: FileTreeProps) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  // Dependencies are not what one comes to see.
  const isOpen = (folder: string) => toggled.has(folder) !== !/(^|\/)node_modules$/.test(folder);
  const rows = treeRows(paths, isOpen);
  const current =
    rows.find(({ path }) => path === focused) ?? rows.find(({ path }) => path === active) ?? rows[0];

  const toggle = (folder: string) => {
    const next = new Set(toggled);
    if (!next.delete(folder)) next.add(folder);
    setToggled(next);
  };
  const focus = (row: TreeRow | undefined) => {
    if (!row) return;
    setFocused(row.path);
    list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(row.path)}"]`)?.focus();
  };
  const choose = (row: TreeRow) => (row.isFolder ? toggle(row.path) : actions?.open(row.path));
  const onKeyDown = (event: KeyboardEvent, row: TreeRow) => {
    if (event.target !== event.currentTarget) return;
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const at = rows.indexOf(row);
    const parent = rows.findLast(({ level }, index) => index < at && level < row.level);
    switch (event.key) {
      case 'ArrowDown':
        focus(rows[at + 1]);
        break;
      case 'ArrowUp':
        focus(rows[at - 1]);
        break;
      case 'Home':
        focus(rows[0]);
        break;
      case 'End':
        focus(rows.at(-1));
        break;
      case 'ArrowRight':
        if (row.isFolder && !row.isOpen) toggle(row.path);
        else focus(rows[at + 1]);
        break;
      case 'ArrowLeft':
        if (row.isOpen) toggle(row.path);
        else focus(parent);
        break;
      case 'Enter':
      case ' ':
        choose(row);
        break;
      case 'F2':
        actions?.rename(row.path);
        break;
      case 'Delete':
        actions?.remove(row.path, row.isFolder);
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  return (
    <div ref={list} role="tree" aria-label="Files" className="flex flex-col px-1.5 py-1">
      {rows.map((row) => {
        const isChanged =
          changed &&
          (row.isFolder
            ? [...changed].some((path) => path.startsWith(`${row.path}/`))
            : changed.has(row.path));
        return (
          <div
            key={row.path}
            role="treeitem"
            data-path={row.path}
            aria-level={row.level}
            aria-label={isChanged ? `${row.name}, not deployed` : row.name}
            aria-expanded={row.isFolder ? row.isOpen : undefined}
            aria-selected={row.path === active}
            tabIndex={row === current ? 0 : -1}
            onFocus={(event) => event.target === event.currentTarget && setFocused(row.path)}
            onKeyDown={(event) => onKeyDown(event, row)}
            onClick={() => choose(row)}
            style={{ paddingLeft: row.level * 12 - 6 }}
            className={cn(
              'group flex h-7 cursor-default items-center gap-1.5 rounded-sm pr-1 text-ink-2 text-sm hover:bg-hover focus-visible:-outline-offset-2',
              row.path === active && 'bg-hover text-ink',
            )}
          >
            {row.isFolder ? (
              <ChevronRight
                className={cn('size-3.5 shrink-0 text-ink-3', row.isOpen && 'rotate-90')}
                aria-hidden
              />
            ) : (
              <FileIcon name={row.name} />
            )}
            <span className="truncate">{row.name}</span>
            {isChanged && <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-accent" />}
            {actions && (
              <Menu>
                <MenuTrigger
                  aria-label={`Actions for ${row.name}`}
                  tabIndex={-1}
                  onClick={(event) => event.stopPropagation()}
                  className="ml-auto flex size-6 items-center justify-center rounded-sm text-ink-3 opacity-0 hover:text-ink focus-visible:opacity-100 group-hover:opacity-100 group-focus-within:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100"
                >
                  <Ellipsis className="size-4" aria-hidden />
                </MenuTrigger>
                <MenuContent
                  align="start"
                  onClick={(event) => event.stopPropagation()}
                  onKeyDown={(event) => event.stopPropagation()}
                >
                  <MenuItem onSelect={() => actions.rename(row.path)}>
                    <Pencil aria-hidden />
                    Rename
                  </MenuItem>
                  <MenuItem danger onSelect={() => actions.remove(row.path, row.isFolder)}>
                    <Trash2 aria-hidden />
                    Delete
                  </MenuItem>
                </MenuContent>
              </Menu>
            )}
          </div>
        );
      })}
    </div>
  );
}

function FileIcon({ name }: { name: string }) {
  const classes = 'size-3.5 shrink-0 text-ink-3';
  if (/\.([mc]?[jt]s|py|sh)$/.test(name)) return <FileCode2 className={classes} aria-hidden />;
  if (/\.json$/.test(name)) return <FileBraces className={classes} aria-hidden />;
  if (/\.(md|txt|csv|ya?ml|html|css|env)$/.test(name)) return <FileText className={classes} aria-hidden />;
  return <File className={classes} aria-hidden />;
}
