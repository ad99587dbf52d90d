'use client';
import { Snowflake } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Invocation } from '../../../../../components/api/invoke-function.ts';
import { formatMilliseconds } from '../../../../../components/format-duration.ts';
import { Badge } from '../../../../../components/ui/badge.tsx';
import { CopyButton } from '../../../../../components/ui/copy-button.tsx';
import { ScrollRegion } from '../../../../../components/ui/scroll-region.tsx';
import { Segmented } from '../../../../../components/ui/segmented.tsx';
import { limits } from '../../../../../core/limits.ts';
import { JsonTree } from './json-tree.tsx';
import { LogLines } from './log-lines.tsx';

/** Responses larger than this are shown as text only. */
const treeCharacters = 500_000;

/** The story of one invocation. */
export function ResultView({ result }: { result: Invocation }) {
  const { report, functionError, log } = result;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        {functionError ? (
          <Badge tone="danger">{report?.status === 'timeout' ? 'Timed out' : 'Failed'}</Badge>
        ) : (
          <Badge tone="success">Succeeded</Badge>
        )}
        {report &&
          (report.initDuration === undefined ? (
            <Badge>Warm</Badge>
          ) : (
            <Badge tone="accent">
              <Snowflake aria-hidden />
              Cold start
            </Badge>
          ))}
        <span className="text-ink-3 text-xs tabular-nums">Status {result.statusCode}</span>
      </div>
      {report && (
        <dl className="grid grid-cols-2 gap-px overflow-hidden rounded border bg-line">
          <Figure name="Duration" value={formatMilliseconds(report.duration)} />
          <Figure name="Billed duration" value={`${report.billedDuration.toLocaleString('en')} ms`} />
          <Figure
            name="Memory used"
            value={`${report.maxMemoryUsed} MB`}
            detail={`of ${report.memorySize.toLocaleString('en')} MB`}
            share={report.maxMemoryUsed / report.memorySize}
          />
          {report.initDuration === undefined ? (
            <Figure name="Round trip" value={formatMilliseconds(result.roundTrip)} />
          ) : (
            <Figure name="Init duration" value={formatMilliseconds(report.initDuration)} />
          )}
        </dl>
      )}
      <Response payload={result.payload} isError={functionError !== undefined} />
      <section className="min-w-0">
        <h2 className="mb-2 font-medium text-sm">
          Log
          {new TextEncoder().encode(log).length >= limits.logTailBytes - 3 && (
            <span className="ml-2 font-normal text-ink-3 text-xs">the last 4 KB</span>
          )}
        </h2>
        {log ? <LogLines log={log} /> : <p className="text-ink-3 text-sm">Nothing was logged.</p>}
      </section>
      <div className="flex min-w-0 items-center gap-1 text-ink-3 text-xs">
        <span className="shrink-0">Request ID</span>
        <span className="truncate font-mono">{result.requestId}</span>
        <CopyButton text={result.requestId} label="Copy request ID" />
      </div>
    </div>
  );
}

function Figure({
  name,
  value,
  detail,
  share,
}: {
  name: string;
  value: string;
  detail?: string;
  share?: number;
}) {
  return (
    <div className="bg-surface px-3 py-2">
      <dt className="text-ink-3 text-xs">{name}</dt>
      <dd className="mt-0.5 font-medium text-base tabular-nums">
        {value} {detail && <span className="font-normal text-ink-3 text-xs">{detail}</span>}
        {share !== undefined && (
          <span aria-hidden className="mt-1.5 block h-1 overflow-hidden rounded-full bg-line">
            <span
              className="block h-full rounded-full bg-ink-3"
              style={{ width: `${Math.min(share, 1) * 100}%` }}
            />
          </span>
        )}
      </dd>
    </div>
  );
}

function Response({ payload, isError }: { payload: string; isError: boolean }) {
  const [view, setView] = useState<'tree' | 'raw'>('tree');
  const parsed = payload.length <= treeCharacters ? parse(payload) : undefined;
  let content: ReactNode;
  if (parsed && view === 'tree') {
    content = (
      <div className="overflow-x-auto rounded border px-1 py-2">
        <JsonTree value={parsed.value} />
      </div>
    );
  } else {
    content = (
      <ScrollRegion label="Response as text" className="max-h-96 rounded border px-3 py-2">
        <pre className="whitespace-pre-wrap text-xs leading-5 [overflow-wrap:anywhere]">
          {payload === '' ? 'An empty response' : payload.slice(0, treeCharacters)}
        </pre>
      </ScrollRegion>
    );
  }
  return (
    <section className="min-w-0">
      <div className="mb-2 flex items-center gap-1">
        <h2 className="mr-auto font-medium text-sm">{isError ? 'Error' : 'Response'}</h2>
        {parsed && (
          <Segmented
            label="Show response as"
            value={view}
            onValueChange={setView}
            options={[
              { value: 'tree', label: 'Tree' },
              { value: 'raw', label: 'Raw' },
            ]}
          />
        )}
        <CopyButton text={payload} label="Copy response" />
      </div>
      {content}
      {payload.length > treeCharacters && (
        <p className="mt-1 text-ink-3 text-xs">
          The beginning of {payload.length.toLocaleString('en')} characters; copying takes all.
        </p>
      )}
    </section>
  );
}

function parse(text: string) {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
