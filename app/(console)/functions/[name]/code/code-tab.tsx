'use client';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { useMemo } from 'react';
import { useFunctionPackage } from '../../../../../components/api/get-function-package.ts';
import { QueryError } from '../../../../../components/query-state.tsx';
import { openPackage } from './open-package.ts';
import { ReadOnlyWorkbench } from './read-only-workbench.tsx';
import { Workbench } from './workbench.tsx';
import { WorkbenchSkeleton } from './workbench-skeleton.tsx';

// The editor is the largest part by far: it is fetched while the package is.
void import('./code-editor.tsx');

/** The code of a function: to edit, or to look at when it is too large for that. */
export function CodeTab({
  configuration,
  isShown,
}: {
  configuration: FunctionConfiguration;
  isShown: boolean;
}) {
  const { data, isError, error, refetch, isFetching, dataUpdatedAt } = useFunctionPackage(
    configuration.FunctionName ?? '',
  );
  const opened = useMemo(() => data && openPackage(data.zip), [data]);
  if (!data || !opened) {
    return isError ? (
      <QueryError error={error} what="the code" retry={() => void refetch()} retrying={isFetching} />
    ) : (
      <WorkbenchSkeleton />
    );
  }
  const reload = () => void refetch();
  return 'files' in opened ? (
    <Workbench
      key={dataUpdatedAt}
      configuration={configuration}
      files={opened.files}
      codeSha256={data.codeSha256}
      isShown={isShown}
      reload={reload}
    />
  ) : (
    <ReadOnlyWorkbench
      key={dataUpdatedAt}
      configuration={configuration}
      opened={opened}
      zip={data.zip}
      isShown={isShown}
      reload={reload}
    />
  );
}
