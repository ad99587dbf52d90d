'use client';
import { Download, Ellipsis, FileUp, FolderArchive, Undo2 } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { Button } from '../../../../../components/ui/button.tsx';
import { Kbd } from '../../../../../components/ui/kbd.tsx';
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuSeparator,
  MenuTrigger,
} from '../../../../../components/ui/menu.tsx';

interface WorkbenchBarProps {
  status: ReactNode;
  onTest: () => void;
  isTesting: boolean;
  onUploadZip: (file: File) => void;
  onDownloadZip: () => void;
  /** What only an editable package has. */
  editing?: {
    onDeploy: () => void;
    isDeploying: boolean;
    changeCount: number;
    onUploadFiles: (files: readonly File[]) => void;
    onRevert: () => void;
  };
}

/** State of the code and the actions on it, Deploy and Test above all. */
export function WorkbenchBar({
  status,
  onTest,
  isTesting,
  onUploadZip,
  onDownloadZip,
  editing,
}: WorkbenchBarProps) {
  const files = useRef<HTMLInputElement>(null);
  const zip = useRef<HTMLInputElement>(null);
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-2 border-b px-4 py-2 md:px-6">
      <div className="mr-auto min-w-0 text-ink-3 text-sm" role="status">
        {status}
      </div>
      <input
        ref={zip}
        type="file"
        accept=".zip,application/zip"
        hidden
        aria-label="Zip file"
        onChange={({ target }) => target.files?.[0] && onUploadZip(target.files[0])}
        onClick={({ currentTarget }) => (currentTarget.value = '')}
      />
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label="Files"
        onChange={({ target }) => editing?.onUploadFiles([...(target.files ?? [])])}
        onClick={({ currentTarget }) => (currentTarget.value = '')}
      />
      <Menu>
        <MenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="Package">
            <Ellipsis aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent>
          {editing && (
            <MenuItem onSelect={() => files.current?.click()}>
              <FileUp aria-hidden />
              Upload files
            </MenuItem>
          )}
          <MenuItem onSelect={() => zip.current?.click()}>
            <FolderArchive aria-hidden />
            Upload zip
          </MenuItem>
          <MenuItem onSelect={onDownloadZip}>
            <Download aria-hidden />
            Download zip
          </MenuItem>
          {editing && editing.changeCount > 0 && (
            <>
              <MenuSeparator />
              <MenuItem danger onSelect={editing.onRevert}>
                <Undo2 aria-hidden />
                Discard changes
              </MenuItem>
            </>
          )}
        </MenuContent>
      </Menu>
      <Button onClick={onTest} busy={isTesting} aria-keyshortcuts="Control+Enter Meta+Enter">
        Test
        <Kbd keys={['Mod', '↵']} className="hidden sm:inline-flex" />
      </Button>
      {editing && (
        <Button
          variant="primary"
          onClick={editing.onDeploy}
          busy={editing.isDeploying}
          disabled={editing.changeCount === 0}
          aria-keyshortcuts="Control+S Meta+S"
        >
          Deploy
          <Kbd keys={['Mod', 'S']} className="hidden sm:inline-flex" />
        </Button>
      )}
    </div>
  );
}
