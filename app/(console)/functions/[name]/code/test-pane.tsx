'use client';
import { FlaskConical } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { explain } from '../../../../../components/api/api-error.ts';
import { Button } from '../../../../../components/ui/button.tsx';
import { Select } from '../../../../../components/ui/input.tsx';
import { Kbd } from '../../../../../components/ui/kbd.tsx';
import { Notice } from '../../../../../components/ui/notice.tsx';
import { Skeleton } from '../../../../../components/ui/skeleton.tsx';
import { State } from '../../../../../components/ui/state.tsx';
import { Tab, TabList, TabPanel, Tabs } from '../../../../../components/ui/tabs.tsx';
import { eventTemplates } from './event-templates.ts';
import { ResultView } from './result-view.tsx';
import { eventProblem, type TestRun } from './use-test-run.ts';

const JsonEditor = dynamic(() => import('./json-editor.tsx').then((module) => module.JsonEditor), {
  ssr: false,
  loading: () => <Skeleton className="m-3 w-2/3" />,
});

interface TestPaneProps {
  run: TestRun;
  view: 'event' | 'result';
  onViewChange: (view: 'event' | 'result') => void;
  /** Seconds. */
  timeout: number;
  /** Set when the code beside is not what ran. */
  onDeployAndTest?: () => void;
}

/** The test event and, beside it, what came of it. */
export function TestPane({ run, view, onViewChange, timeout, onDeployAndTest }: TestPaneProps) {
  return (
    <Tabs
      value={view}
      onValueChange={(next) => onViewChange(next === 'event' ? 'event' : 'result')}
      className="flex h-full min-h-0 flex-col"
    >
      <TabList aria-label="Test" className="h-9 shrink-0 border-b bg-inset px-4">
        <Tab value="event">Event</Tab>
        <Tab value="result">Result</Tab>
      </TabList>
      <TabPanel
        value="event"
        tabIndex={-1}
        className="flex min-h-0 flex-1 flex-col focus:outline-none data-[state=inactive]:hidden"
      >
        <div className="flex items-center gap-2 border-b px-3 py-2">
          <Select
            aria-label="Event template"
            value=""
            className="w-full"
            onChange={({ target }) => {
              const template = eventTemplates.find(({ name }) => name === target.value);
              if (template) run.startFrom(JSON.stringify(template.event, null, 2));
            }}
          >
            <option value="">Start from a template…</option>
            {eventTemplates.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        </div>
        <div className="relative min-h-0 flex-1">
          <JsonEditor
            key={run.template}
            label="Test event"
            initialValue={run.event}
            onChange={run.setEvent}
          />
        </div>
        {eventProblem(run.event) && (
          <Notice tone="warning" className="m-2">
            {eventProblem(run.event)}
          </Notice>
        )}
      </TabPanel>
      <TabPanel value="result" className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2">
        {/* Announced when it changes; the pane is long, so only its state is. */}
        <p aria-live="polite" className="sr-only">
          {announcement(run)}
        </p>
        {run.isRunning ? (
          <Running startedAt={run.startedAt} timeout={timeout} />
        ) : run.error ? (
          <div className="p-4">
            <Notice tone="danger">{explain(run.error)}</Notice>
          </div>
        ) : run.result ? (
          <div className="flex flex-col gap-4 p-4">
            {onDeployAndTest && (
              <Notice
                tone="warning"
                actions={
                  <Button size="small" onClick={onDeployAndTest}>
                    Deploy and test
                    <Kbd keys={['Mod', '⇧', '↵']} />
                  </Button>
                }
              >
                This ran the deployed code, without your changes.
              </Notice>
            )}
            <ResultView result={run.result} />
          </div>
        ) : (
          <State icon={FlaskConical} title="No test yet">
            Test runs the deployed code with the event beside, and shows response, log and timing here.
          </State>
        )}
      </TabPanel>
    </Tabs>
  );
}

function announcement(run: TestRun): string {
  if (run.isRunning) return 'The test is running.';
  if (run.error) return 'The test could not be run.';
  if (!run.result) return '';
  return run.result.functionError ? 'The function failed.' : 'The function succeeded.';
}

function Running({ startedAt, timeout }: { startedAt: number; timeout: number }) {
  const [now, setNow] = useState(startedAt);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, (now - startedAt) / 1000);
  return (
    <div className="flex flex-col gap-4 p-4" aria-hidden>
      {/* A warm function answers before the eye has read this: shown only when it takes time. */}
      {seconds > 0.3 && (
        <div className="animate-appear">
          <p className="flex justify-between text-ink-2 text-sm tabular-nums">
            <span>Running</span>
            <span>
              {seconds.toFixed(1)} s of {timeout} s
            </span>
          </p>
          <span className="mt-2 block h-1 overflow-hidden rounded-full bg-line">
            <span
              className="block h-full rounded-full bg-accent"
              style={{ width: `${Math.min(seconds / timeout, 1) * 100}%` }}
            />
          </span>
        </div>
      )}
      <Skeleton className="h-5 w-40" />
      <Skeleton className="h-28 w-full rounded" />
      <Skeleton className="h-24 w-full rounded" />
    </div>
  );
}
