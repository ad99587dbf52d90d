'use client';
import { FileArchive, FileCode2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { formatBytes } from '../../../../../components/format-bytes.ts';
import { sizeOf } from '../../../../../components/package/package-file.ts';
import { Skeleton } from '../../../../../components/ui/skeleton.tsx';
import { State } from '../../../../../components/ui/state.tsx';
import type { Workspace } from './workspace.ts';

const CodeEditor = dynamic(() => import('./code-editor.tsx').then((module) => module.CodeEditor), {
  ssr: false,
  loading: () => (
    <div className="flex flex-col gap-3 p-4">
      <Skeleton className="w-3/5" />
      <Skeleton className="w-2/5" />
      <Skeleton className="w-1/2" />
    </div>
  ),
});

/** The open file: in the editor if it is text, else what is known about it. */
export function FileView({
  workspace,
  onEdit,
}: {
  workspace: Workspace;
  onEdit: (path: string, text: string) => void;
}) {
  const { active, files, generation } = workspace;
  const file = active === undefined ? undefined : files.get(active);
  if (active === undefined || !file) {
    return (
      <State icon={FileCode2} title="No file is open" className="flex-1 justify-center">
        Choose one of the files, or make a new one.
      </State>
    );
  }
  if (file.text === undefined) {
    return (
      <State icon={FileArchive} title={active.split('/').at(-1) ?? active} className="flex-1 justify-center">
        A binary file of {formatBytes(sizeOf(file))}. It is deployed as it is.
      </State>
    );
  }
  return (
    <div className="relative min-h-0 flex-1">
      <CodeEditor files={files} generation={generation} active={active} onEdit={onEdit} />
    </div>
  );
}
