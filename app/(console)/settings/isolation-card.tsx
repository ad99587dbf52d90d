'use client';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useIsolation } from '../../../components/api/get-isolation.ts';
import { QueryError } from '../../../components/query-state.tsx';
import { Badge } from '../../../components/ui/badge.tsx';
import { Card, CardHeader } from '../../../components/ui/card.tsx';
import { Notice } from '../../../components/ui/notice.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';

/** What protects this machine from the functions it runs. */
export function IsolationCard() {
  const { data, isError, error, refetch, isFetching } = useIsolation();
  return (
    <Card aria-label="Isolation">
      <CardHeader title="Isolation" description="What stands between a function and this machine.">
        {data && (
          <Badge tone={data.driver === 'bubblewrap' ? 'success' : 'danger'}>
            {data.driver === 'bubblewrap' ? 'Sandboxed' : 'Not sandboxed'}
          </Badge>
        )}
      </CardHeader>
      {data ? (
        <>
          {data.driver === 'process' && (
            <Notice tone="warning" className="m-4 mb-0">
              Functions run as plain processes: run only code that you trust. Hearth says at its start what is
              missing for a sandbox.
            </Notice>
          )}
          <ul className="divide-y">
            {data.protections.map(({ name, active, detail }) => (
              <li
                key={name}
                className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-3 px-4 py-2.5"
              >
                {active ? (
                  <ShieldCheck className="mt-0.5 size-4 text-success" aria-hidden />
                ) : (
                  <ShieldAlert className="mt-0.5 size-4 text-warning" aria-hidden />
                )}
                <div className="min-w-0">
                  <p className="font-medium text-sm first-letter:uppercase">{name}</p>
                  <p className="text-ink-3 text-xs [overflow-wrap:anywhere] first-letter:uppercase">
                    {detail}
                  </p>
                </div>
                <span className={active ? 'text-success text-xs' : 'text-warning text-xs'}>
                  {active ? 'Active' : 'Inactive'}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : isError ? (
        <QueryError
          error={error}
          what="the isolation report"
          retry={() => void refetch()}
          retrying={isFetching}
        />
      ) : (
        <div role="status" className="flex flex-col gap-4 p-4">
          <span className="sr-only">Loading the isolation report</span>
          <Skeleton className="w-64" />
          <Skeleton className="w-80" />
          <Skeleton className="w-72" />
        </div>
      )}
    </Card>
  );
}
