'use client';
import dynamic from 'next/dynamic';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { ApiError } from '../../../../components/api/api-error.ts';
import { useFunction } from '../../../../components/api/get-function.ts';
import { QueryError } from '../../../../components/query-state.tsx';
import { cn } from '../../../../components/ui/class-names.ts';
import { Tab, TabList, TabPanel, Tabs } from '../../../../components/ui/tabs.tsx';
import { WorkbenchSkeleton } from './code/workbench-skeleton.tsx';
import { ConfigurationTab } from './configuration/configuration-tab.tsx';
import { FunctionHeader } from './function-header.tsx';
import { FunctionMissing } from './function-missing.tsx';
import { FunctionSkeleton } from './function-skeleton.tsx';

const CodeTab = dynamic(() => import('./code/code-tab.tsx').then((module) => module.CodeTab), {
  ssr: false,
  loading: () => <WorkbenchSkeleton />,
});

const tabs = [
  { value: 'code', label: 'Code' },
  { value: 'configuration', label: 'Configuration' },
] as const;

/** One function: its header and its tabs. */
export function FunctionScreen({ name }: { name: string }) {
  const { data: configuration, isError, error, refetch, isFetching } = useFunction(name);
  const [tab, setTab] = useQueryState(
    'tab',
    parseAsStringLiteral(tabs.map(({ value }) => value))
      .withDefault('code')
      .withOptions({ history: 'push' }),
  );
  // The editor is loaded when its tab is first seen, and stays, so that going to another tab loses nothing.
  const [codeWasSeen, setCodeWasSeen] = useState(tab === 'code');
  if (tab === 'code' && !codeWasSeen) setCodeWasSeen(true);

  if (error instanceof ApiError && error.isNotFound) return <FunctionMissing name={name} />;
  if (!configuration) {
    if (!isError) return <FunctionSkeleton />;
    return (
      <QueryError
        error={error}
        what="this function"
        level={1}
        retry={() => void refetch()}
        retrying={isFetching}
      />
    );
  }

  return (
    <Tabs
      value={tab}
      onValueChange={(next) => void setTab(tabs.find(({ value }) => value === next)?.value ?? null)}
      className="flex flex-1 flex-col"
    >
      <div className="border-b px-4 pt-4 md:px-6">
        <FunctionHeader configuration={configuration} />
        <TabList className="mt-2" aria-label="Function">
          {tabs.map(({ value, label }) => (
            <Tab key={value} value={value}>
              {label}
            </Tab>
          ))}
        </TabList>
      </div>
      <TabPanel
        value="code"
        forceMount
        tabIndex={-1}
        className={cn('flex flex-1 flex-col focus:outline-none', tab !== 'code' && 'hidden')}
      >
        {codeWasSeen && <CodeTab configuration={configuration} isShown={tab === 'code'} />}
      </TabPanel>
      <TabPanel value="configuration" tabIndex={-1} className="focus:outline-none">
        <ConfigurationTab configuration={configuration} />
      </TabPanel>
    </Tabs>
  );
}
