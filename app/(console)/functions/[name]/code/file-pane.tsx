'use client';
import { FilePlus2 } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { toast } from 'sonner';
import { formatBytes } from '../../../../../components/format-bytes.ts';
import { regularFile, sizeOf } from '../../../../../components/package/package-file.ts';
import { Button } from '../../../../../components/ui/button.tsx';
import { cn } from '../../../../../components/ui/class-names.ts';
import { FileTree } from './file-tree.tsx';
import { editableBytes } from './open-package.ts';
import { PathDialog } from './path-dialog.tsx';
import type { Workspace, WorkspaceAction } from './workspace.ts';

interface FilePaneProps {
  workspace: Workspace;
  changed: ReadonlySet<string>;
  dispatch: (action: WorkspaceAction) => void;
  onUpload: (files: readonly File[]) => void;
}

/** The files of the package, what can be done with them, and how large they are together. */
export function FilePane({ workspace, changed, dispatch, onUpload }: FilePaneProps) {
  const { files, active } = workspace;
  const [asked, setAsked] = useState<{ rename?: string }>();
  const [isOver, setIsOver] = useState(false);
  const bytes = [...files.values()].reduce((sum, file) => sum + sizeOf(file), 0);

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    onUpload([...event.dataTransfer.files]);
  };
  const remove = (path: string, isFolder: boolean) => {
    const paths = isFolder ? [...files.keys()].filter((other) => other.startsWith(`${path}/`)) : [path];
    const removed = new Map([...files].filter(([other]) => paths.includes(other)));
    dispatch({ type: 'delete', paths });
    toast(`Deleted ${path}`, {
      action: { label: 'Undo', onClick: () => dispatch({ type: 'put', files: removed }) },
    });
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for "Upload files" of the menu
    <div
      className={cn('flex min-h-0 flex-1 flex-col', isOver && 'bg-accent-soft')}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      <div className="flex h-9 shrink-0 items-center justify-between border-b bg-inset pr-1 pl-3">
        <h2 className="font-medium text-ink-2 text-xs">Files</h2>
        <Button
          variant="ghost"
          size="small-icon"
          aria-label="New file"
          title="New file"
          onClick={() => setAsked({})}
        >
          <FilePlus2 aria-hidden />
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-auto">
        <FileTree
          paths={[...files.keys()]}
          active={active}
          changed={changed}
          actions={{
            open: (path) => dispatch({ type: 'open', path }),
            rename: (path) => setAsked({ rename: path }),
            remove,
          }}
        />
      </div>
      <p
        className={cn(
          'shrink-0 border-t px-3 py-1.5 text-2xs text-ink-3 tabular-nums',
          bytes > editableBytes && 'text-danger',
        )}
        title="Code up to 3 MB can be edited here"
      >
        {formatBytes(bytes)} of {formatBytes(editableBytes)}
      </p>
      {asked && (
        <PathDialog
          title={asked.rename === undefined ? 'New file' : `Rename ${asked.rename}`}
          path={asked.rename ?? ''}
          action={asked.rename === undefined ? 'Create' : 'Rename'}
          files={files}
          onClose={() => setAsked(undefined)}
          onDone={(path) =>
            dispatch(
              asked.rename === undefined
                ? { type: 'put', files: new Map([[path, { mode: regularFile, text: '' }]]) }
                : { type: 'rename', from: asked.rename, to: path },
            )
          }
        />
      )}
    </div>
  );
}
