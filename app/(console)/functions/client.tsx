'use client';
import { Plus, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { useFunctions } from '../../../components/api/use-functions.ts';
import { DeleteFunctionsDialog } from '../../../components/delete-functions-dialog.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { QueryError } from '../../../components/query-state.tsx';
import { Button } from '../../../components/ui/button.tsx';
import { State } from '../../../components/ui/state.tsx';
import { type BlueprintSummary, FunctionsEmpty } from './functions-empty.tsx';
import { FunctionsSkeleton } from './functions-skeleton.tsx';
import { FunctionsTable } from './functions-table.tsx';
import { FunctionsToolbar } from './functions-toolbar.tsx';
import { Pager } from './pager.tsx';
import { functionsSearchParams } from './search-params.ts';
import { pageSize, viewFunctions } from './view-functions.ts';

/** The list of functions. */
export function Functions({ endpoint, blueprints }: { endpoint: string; blueprints: BlueprintSummary[] }) {
  const { functions, isComplete, isError, error, refetch, isFetching } = useFunctions();
  const [view, setView] = useQueryStates(functionsSearchParams, { history: 'replace' });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [isDeleting, setIsDeleting] = useState(false);

  const shown = functions && viewFunctions(functions, view);
  const names = new Set(functions?.map((item) => item.FunctionName ?? ''));
  const chosen = [...selected].filter((name) => names.has(name));
  const pages = Math.max(1, Math.ceil((shown?.length ?? 0) / pageSize));
  const page = Math.min(Math.max(view.page, 1), pages);

  return (
    <div className="flex flex-1 flex-col gap-4 p-4 md:p-6">
      <PageHeader
        title="Functions"
        detail={
          functions &&
          functions.length > 0 &&
          `${functions.length.toLocaleString('en')}${isComplete ? '' : '+'}`
        }
      >
        <Button variant="primary" asChild>
          <Link href="/functions/create">
            <Plus aria-hidden />
            Create function
          </Link>
        </Button>
      </PageHeader>
      {!functions || !shown ? (
        isError ? (
          <QueryError error={error} what="the functions" retry={() => void refetch()} retrying={isFetching} />
        ) : (
          <FunctionsSkeleton />
        )
      ) : functions.length === 0 ? (
        <FunctionsEmpty endpoint={endpoint} blueprints={blueprints} />
      ) : (
        <>
          <FunctionsToolbar
            view={view}
            onViewChange={(change) => void setView({ ...change, page: null })}
            runtimes={[...new Set(functions.map((item) => item.Runtime ?? ''))].sort()}
            selectedCount={chosen.length}
            onDelete={() => setIsDeleting(true)}
            onClearSelection={() => setSelected(new Set())}
          />
          {shown.length === 0 ? (
            <State
              icon={SearchX}
              title="No function matches"
              actions={
                <Button onClick={() => void setView({ q: null, runtime: null, page: null })}>
                  Clear search and filter
                </Button>
              }
            >
              Looked in names and descriptions{isComplete ? '' : ' of the functions loaded so far'}.
            </State>
          ) : (
            <>
              <FunctionsTable
                functions={shown.slice((page - 1) * pageSize, page * pageSize)}
                sort={view.sort}
                onSort={(sort) => void setView({ sort, page: null })}
                selected={selected}
                onSelect={setSelected}
              />
              {pages > 1 && (
                <Pager page={page} pages={pages} onPage={(next) => void setView({ page: next })} />
              )}
            </>
          )}
        </>
      )}
      {isDeleting && (
        <DeleteFunctionsDialog
          names={chosen}
          onClose={() => setIsDeleting(false)}
          onDeleted={() => {
            setIsDeleting(false);
            setSelected(new Set());
          }}
        />
      )}
    </div>
  );
}
