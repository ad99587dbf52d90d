'use client';
import { Lock, PlugZap, TriangleAlert } from 'lucide-react';
import { ApiError, explain } from './api/api-error.ts';
import { Button } from './ui/button.tsx';
import { State } from './ui/state.tsx';

interface QueryErrorProps {
  error: unknown;
  /** What could not be loaded: "the functions". */
  what: string;
  level?: 1 | 2;
  retry: () => void;
  retrying?: boolean;
}

/** Stands where content would when loading it failed: forbidden, nobody answering, or an error. */
export function QueryError({ error, what, level, retry, retrying }: QueryErrorProps) {
  const api = error instanceof ApiError ? error : undefined;
  const again = (
    <Button onClick={retry} busy={retrying}>
      Try again
    </Button>
  );
  if (api?.isForbidden) {
    return (
      <State icon={Lock} level={level} title={`You may not see ${what}`} actions={again}>
        <p className="[overflow-wrap:anywhere]">{api.message}</p>
        <p className="mt-1">Ask an administrator of this account to allow it.</p>
      </State>
    );
  }
  if (api?.workerIsDown) {
    return (
      <State icon={PlugZap} level={level} tone="warning" title="The worker is not answering" actions={again}>
        It may be restarting; this page continues by itself when it is back. If it stays away, look at the
        terminal in which Hearth was started.
      </State>
    );
  }
  return (
    <State icon={TriangleAlert} level={level} tone="danger" title={`Could not load ${what}`} actions={again}>
      <p className="[overflow-wrap:anywhere]">{explain(error)}</p>
      {api?.requestId && <p className="mt-1 text-ink-3 text-xs">Request ID {api.requestId}</p>}
    </State>
  );
}
