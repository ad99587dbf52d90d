'use client';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { useEffect, useReducer, useState } from 'react';
import { toast } from 'sonner';
import type { PackageFiles } from '../../../../../components/package/package-file.ts';
import { writePackage } from '../../../../../components/package/write-package.ts';
import { useUnsavedChanges } from '../../../../../components/shell/unsaved-changes.tsx';
import { Button } from '../../../../../components/ui/button.tsx';
import { Notice } from '../../../../../components/ui/notice.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { loadDraft, saveDraft } from './draft.ts';
import { EditorTabs } from './editor-tabs.tsx';
import { FilePane } from './file-pane.tsx';
import { FileView } from './file-view.tsx';
import { openPackage } from './open-package.ts';
import { type PaneName, Panes } from './panes.tsx';
import { readUploads } from './read-uploads.ts';
import { saveFile } from './save-file.ts';
import { TestPane } from './test-pane.tsx';
import { type Upload, UploadDialog } from './upload-dialog.tsx';
import { useDeploy } from './use-deploy.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useTestRun } from './use-test-run.ts';
import { WorkbenchBar } from './workbench-bar.tsx';
import { changedPaths, changeWorkspace, openWorkspace } from './workspace.ts';

interface WorkbenchProps {
  configuration: FunctionConfiguration;
  /** What is deployed. */
  files: PackageFiles;
  codeSha256: string;
  isShown: boolean;
  /** Loads what is deployed now, in place of all this. */
  reload: () => void;
}

/** Where a function is written, deployed and tried. */
export function Workbench({ configuration, files, codeSha256, isShown, reload }: WorkbenchProps) {
  const { FunctionName: name = '', FunctionArn: arn = '', Timeout: timeout = 3 } = configuration;
  const [workspace, dispatch] = useReducer(changeWorkspace, undefined, () => {
    const draft = loadDraft(sessionStorage, arn, files);
    return openWorkspace(files, draft?.baseSha256 ?? codeSha256, configuration.Handler ?? '', draft?.files);
  });
  const [pane, setPane] = useState<PaneName>('code');
  const [view, setView] = useState<'event' | 'result'>('event');
  const [upload, setUpload] = useState<Upload>();
  const run = useTestRun(name, arn);
  const { deploy, isDeploying, hasConflict, dismissConflict } = useDeploy(name, (sent, sha256) => {
    dispatch({ type: 'deployed', files: sent, sha256 });
  });

  const changed = new Set(changedPaths(workspace));
  const isChanged = changed.size > 0;
  const changes = `${changed.size} undeployed ${changed.size === 1 ? 'change' : 'changes'}`;
  useUnsavedChanges(isChanged ? `The code has ${changes}; this browser tab keeps them as a draft.` : null);
  useEffect(() => {
    const timer = setTimeout(() => saveDraft(sessionStorage, arn, workspace), 300);
    return () => {
      clearTimeout(timer);
      saveDraft(sessionStorage, arn, workspace);
    };
  }, [arn, workspace]);

  const test = () => {
    setPane('test');
    setView('result');
    run.run();
  };
  const deployMine = (then?: () => void) => {
    if (isChanged && !isDeploying)
      deploy({ files: workspace.files, baseSha256: workspace.baseSha256 }, { onSuccess: then });
  };
  const deployAndTest = () => (isChanged ? deployMine(test) : test());
  useShortcuts(isShown, { deploy: () => deployMine(), test, deployAndTest });

  const loadTheirs = () => {
    dismissConflict();
    dispatch({ type: 'revert' });
    saveDraft(sessionStorage, arn, changeWorkspace(workspace, { type: 'revert' }));
    reload();
  };
  const put = async (uploads: readonly File[]) =>
    dispatch({ type: 'put', files: await readUploads(uploads) });
  const uploadZip = async (file: File) => {
    const zip = new Uint8Array(await file.arrayBuffer());
    const opened = openPackage(zip);
    if ('files' in opened) {
      dispatch({ type: 'replace-all', files: opened.files });
      toast(`${file.name} is in the editor`, { description: 'Deploy makes it the code of the function.' });
    } else if (opened.paths.length === 0) {
      toast.error(`${file.name} cannot be used`, { description: opened.reason });
    } else {
      setUpload({ fileName: file.name, zip });
    }
  };

  return (
    <>
      <WorkbenchBar
        status={isChanged ? <span className="text-accent-text">{changes}</span> : 'All changes deployed'}
        onTest={test}
        isTesting={run.isRunning}
        onUploadZip={(file) => void uploadZip(file)}
        onDownloadZip={() => saveFile(`${name}.zip`, writePackage(workspace.files))}
        editing={{
          onDeploy: () => deployMine(),
          isDeploying,
          changeCount: changed.size,
          onUploadFiles: (uploads) => void put(uploads),
          onRevert: () => {
            const { files: discarded } = workspace;
            dispatch({ type: 'revert' });
            toast('Changes discarded', {
              action: { label: 'Undo', onClick: () => dispatch({ type: 'replace-all', files: discarded }) },
            });
          },
        }}
      />
      {!isDeploying && configuration.CodeSha256 !== workspace.baseSha256 && (
        <Notice
          tone="warning"
          className="rounded-none border-b px-4 md:px-6"
          actions={
            <Button size="small" onClick={loadTheirs}>
              {isChanged ? 'Discard mine and load it' : 'Load it'}
            </Button>
          }
        >
          Newer code than this was deployed meanwhile.
        </Notice>
      )}
      <Panes
        shown={pane}
        onShow={setPane}
        files={
          <FilePane
            workspace={workspace}
            changed={changed}
            dispatch={(action) => {
              dispatch(action);
              if (action.type === 'open' || action.type === 'put') setPane('code');
            }}
            onUpload={(uploads) => void put(uploads)}
          />
        }
        code={
          <>
            <EditorTabs
              open={workspace.open}
              active={workspace.active}
              changed={changed}
              onOpen={(path) => dispatch({ type: 'open', path })}
              onClose={(path) => dispatch({ type: 'close', path })}
            />
            <FileView workspace={workspace} onEdit={(path, text) => dispatch({ type: 'edit', path, text })} />
          </>
        }
        test={
          <TestPane
            run={run}
            view={view}
            onViewChange={setView}
            timeout={timeout}
            onDeployAndTest={isChanged ? deployAndTest : undefined}
          />
        }
      />
      {hasConflict && (
        <ConflictDialog
          onClose={dismissConflict}
          onReload={loadTheirs}
          onOverwrite={() => {
            dismissConflict();
            deploy({ files: workspace.files, baseSha256: undefined });
          }}
        />
      )}
      {upload && (
        <UploadDialog
          functionName={name}
          upload={upload}
          onClose={() => setUpload(undefined)}
          onDeployed={() => {
            setUpload(undefined);
            loadTheirs();
          }}
        />
      )}
    </>
  );
}
