'use client';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { explain } from '../../../../../components/api/api-error.ts';
import { useUpdateFunctionConfiguration } from '../../../../../components/api/update-function-configuration.ts';
import { useUnsavedChanges } from '../../../../../components/shell/unsaved-changes.tsx';
import { Button } from '../../../../../components/ui/button.tsx';
import { Card, CardHeader } from '../../../../../components/ui/card.tsx';
import { cn } from '../../../../../components/ui/class-names.ts';
import { Notice } from '../../../../../components/ui/notice.tsx';
import { limits } from '../../../../../core/limits.ts';
import { bytesOf, fits, nameProblem, toMap, type Variable } from './environment-variables.ts';
import { SaveBar } from './save-bar.tsx';
import { VariableRow } from './variable-row.tsx';

/** The environment variables: hidden until asked for, kept encrypted. */
export function EnvironmentCard({ configuration }: { configuration: FunctionConfiguration }) {
  const saved = configuration.Environment?.Variables ?? {};
  const [variables, setVariables] = useState<readonly Variable[]>(() => listOf(saved));
  const [nextId, setNextId] = useState(variables.length);
  const [wasSent, setWasSent] = useState(false);
  const mutation = useUpdateFunctionConfiguration(configuration.FunctionName ?? '');
  const names = Object.keys(saved);
  const isChanged =
    variables.length !== names.length || variables.some(({ name, value }) => saved[name] !== value);
  useUnsavedChanges(isChanged ? 'Unsaved environment variables are lost.' : null);

  const edit = (next: readonly Variable[]) => {
    if (mutation.isError) mutation.reset();
    setVariables(next);
  };
  const error = configuration.Environment?.Error?.Message;

  return (
    <Card aria-label="Environment variables">
      <CardHeader
        title="Environment variables"
        description="Kept encrypted; the code reads them from process.env."
      >
        <Meter bytes={bytesOf(variables)} />
      </CardHeader>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setWasSent(true);
          if (!fits(variables) || variables.some((variable) => nameProblem(variable, variables))) return;
          mutation.mutate(
            { Environment: { Variables: toMap(variables) } },
            { onSuccess: () => toast.success('Environment variables saved') },
          );
        }}
      >
        <div className="flex flex-col gap-2 p-4">
          {error && <Notice tone="danger">{error}</Notice>}
          {variables.length === 0 && (
            <p className="text-ink-2 text-sm">
              None yet. Put here what differs between places the code runs in: addresses, keys, switches.
            </p>
          )}
          {variables.map((variable) => (
            <VariableRow
              key={variable.id}
              variable={variable}
              isNew={saved[variable.name] === undefined}
              problem={wasSent || variable.name !== '' ? nameProblem(variable, variables) : undefined}
              onChange={(changed) =>
                edit(variables.map((other) => (other.id === changed.id ? changed : other)))
              }
              onRemove={() => edit(variables.filter(({ id }) => id !== variable.id))}
            />
          ))}
          <Button
            size="small"
            className="mt-1 self-start"
            onClick={() => {
              edit([...variables, { id: nextId, name: '', value: '' }]);
              setNextId(nextId + 1);
            }}
          >
            <Plus aria-hidden />
            Add variable
          </Button>
          {!fits(variables) && (
            <Notice tone="danger">
              All variables together may have 4 KB. Keep larger things in a file of the package or a secret
              store.
            </Notice>
          )}
          {mutation.isError && <Notice tone="danger">{explain(mutation.error)}</Notice>}
        </div>
        <SaveBar
          isChanged={isChanged}
          isSaving={mutation.isPending}
          onReset={() => {
            setWasSent(false);
            edit(listOf(saved));
          }}
        />
      </form>
    </Card>
  );
}

function listOf(variables: Readonly<Record<string, string>>): Variable[] {
  return Object.entries(variables)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([name, value], id) => ({ id, name, value }));
}

function Meter({ bytes }: { bytes: number }) {
  const limit = limits.environmentVariablesBytes;
  return (
    <div className="w-40">
      <p className={cn('text-right text-ink-3 text-xs tabular-nums', bytes > limit && 'text-danger')}>
        {bytes.toLocaleString('en')} of {limit.toLocaleString('en')} B
      </p>
      <span aria-hidden className="mt-1 block h-1 overflow-hidden rounded-full bg-line">
        <span
          className={cn('block h-full rounded-full bg-ink-3', bytes > limit && 'bg-danger')}
          style={{ width: `${Math.min(bytes / limit, 1) * 100}%` }}
        />
      </span>
    </div>
  );
}
