'use client';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { FolderArchive, Lock } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../../../../../components/ui/button.tsx';
import { State } from '../../../../../components/ui/state.tsx';
import { FileTree } from './file-tree.tsx';
import { type PaneName, Panes } from './panes.tsx';
import { saveFile } from './save-file.ts';
import { TestPane } from './test-pane.tsx';
import { type Upload, UploadDialog } from './upload-dialog.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { useTestRun } from './use-test-run.ts';
import { WorkbenchBar } from './workbench-bar.tsx';

interface ReadOnlyWorkbenchProps {
  configuration: FunctionConfiguration;
  opened: { paths: readonly string[]; reason: string };
  zip: Uint8Array<ArrayBuffer>;
  isShown: boolean;
  reload: () => void;
}

/** A package that cannot be edited here: its files to look at, its test, and a way to put another one in its place. */
export function ReadOnlyWorkbench({ configuration, opened, zip, isShown, reload }: ReadOnlyWorkbenchProps) {
  const { FunctionName: name = '', FunctionArn: arn = '', Timeout: timeout = 3 } = configuration;
  const [pane, setPane] = useState<PaneName>('code');
  const [view, setView] = useState<'event' | 'result'>('event');
  const [upload, setUpload] = useState<Upload>();
  const input = useRef<HTMLInputElement>(null);
  const run = useTestRun(name, arn);
  const test = () => {
    setPane('test');
    setView('result');
    run.run();
  };
  const read = async (file: File) =>
    setUpload({ fileName: file.name, zip: new Uint8Array(await file.arrayBuffer()) });
  useShortcuts(isShown, { test });
  return (
    <>
      <WorkbenchBar
        status="Read only"
        onTest={test}
        isTesting={run.isRunning}
        onUploadZip={(file) => void read(file)}
        onDownloadZip={() => saveFile(`${name}.zip`, zip)}
      />
      <Panes
        shown={pane}
        onShow={setPane}
        files={
          <div className="overflow-auto">
            <FileTree paths={opened.paths} />
          </div>
        }
        code={
          <State
            icon={Lock}
            title="Too large to edit here"
            className="flex-1 justify-center"
            actions={
              <>
                <input
                  ref={input}
                  type="file"
                  accept=".zip,application/zip"
                  hidden
                  aria-label="Zip file to deploy"
                  onChange={({ target }) => target.files?.[0] && void read(target.files[0])}
                />
                <Button variant="primary" onClick={() => input.current?.click()}>
                  <FolderArchive aria-hidden />
                  Upload zip
                </Button>
                <Button onClick={() => saveFile(`${name}.zip`, zip)}>Download zip</Button>
              </>
            }
          >
            {opened.reason} Change it where it is built, and upload the zip or deploy it with your tools.
          </State>
        }
        test={<TestPane run={run} view={view} onViewChange={setView} timeout={timeout} />}
      />
      {upload && (
        <UploadDialog
          functionName={name}
          upload={upload}
          onClose={() => setUpload(undefined)}
          onDeployed={() => {
            setUpload(undefined);
            reload();
          }}
        />
      )}
    </>
  );
}
