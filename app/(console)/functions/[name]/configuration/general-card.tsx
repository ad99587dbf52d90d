'use client';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { useState } from 'react';
import { toast } from 'sonner';
import { explain, fieldErrors } from '../../../../../components/api/api-error.ts';
import { useUpdateFunctionConfiguration } from '../../../../../components/api/update-function-configuration.ts';
import { runtimes } from '../../../../../components/field-rules.ts';
import { formatSeconds } from '../../../../../components/format-duration.ts';
import { MemoryHint } from '../../../../../components/memory-hint.tsx';
import { useUnsavedChanges } from '../../../../../components/shell/unsaved-changes.tsx';
import { Card, CardHeader } from '../../../../../components/ui/card.tsx';
import { Field } from '../../../../../components/ui/field.tsx';
import { Input, Select } from '../../../../../components/ui/input.tsx';
import { Notice } from '../../../../../components/ui/notice.tsx';
import {
  apiFields,
  changeBetween,
  type GeneralSettings,
  settingProblems,
  settingsOf,
} from './general-settings.ts';
import { SaveBar } from './save-bar.tsx';

/** Memory, timeout, storage, handler, runtime and description. */
export function GeneralCard({ configuration }: { configuration: FunctionConfiguration }) {
  const saved = settingsOf(configuration);
  const [settings, setSettings] = useState(saved);
  const mutation = useUpdateFunctionConfiguration(configuration.FunctionName ?? '');
  const change = changeBetween(saved, settings);
  const isChanged = Object.keys(change).length > 0;
  const problems = settingProblems(settings);
  const blamed = fieldErrors(mutation.error);
  const isBlamed = Object.values(apiFields).some((field) => blamed[field]);
  useUnsavedChanges(isChanged ? 'Unsaved general settings are lost.' : null);

  const set = (field: keyof GeneralSettings) => (event: { target: { value: string } }) => {
    if (mutation.isError) mutation.reset();
    setSettings((before) => ({ ...before, [field]: event.target.value }));
  };
  const errorOf = (field: keyof GeneralSettings) => problems[field] ?? blamed[apiFields[field]];

  return (
    <Card aria-label="General">
      <CardHeader title="General" description="Takes effect from the next invocation on." />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (Object.values(problems).some(Boolean)) return;
          mutation.mutate(change, { onSuccess: () => toast.success('General settings saved') });
        }}
      >
        <div className="grid gap-4 p-4 sm:grid-cols-3">
          <Field
            label="Memory (MB)"
            hint={<MemoryHint megabytes={settings.memory} />}
            error={errorOf('memory')}
          >
            {(control) => (
              <Input
                {...control}
                type="number"
                inputMode="numeric"
                value={settings.memory}
                onChange={set('memory')}
              />
            )}
          </Field>
          <Field
            label="Timeout (seconds)"
            hint={`${formatSeconds(Number(settings.timeout))}; at most 15 min.`}
            error={errorOf('timeout')}
          >
            {(control) => (
              <Input
                {...control}
                type="number"
                inputMode="numeric"
                value={settings.timeout}
                onChange={set('timeout')}
              />
            )}
          </Field>
          <Field label="Ephemeral storage (MB)" hint="Size of /tmp." error={errorOf('storage')}>
            {(control) => (
              <Input
                {...control}
                type="number"
                inputMode="numeric"
                value={settings.storage}
                onChange={set('storage')}
              />
            )}
          </Field>
          <Field label="Runtime" error={errorOf('runtime')}>
            {(control) => (
              <Select {...control} value={settings.runtime} onChange={set('runtime')}>
                {runtimes.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Handler" hint="File and export." error={errorOf('handler')} className="sm:col-span-2">
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                spellCheck={false}
                className="font-mono"
                value={settings.handler}
                onChange={set('handler')}
              />
            )}
          </Field>
          <Field label="Description" error={errorOf('description')} className="sm:col-span-3">
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                value={settings.description}
                onChange={set('description')}
              />
            )}
          </Field>
          {mutation.isError && !isBlamed && (
            <Notice tone="danger" className="sm:col-span-3">
              {explain(mutation.error)}
            </Notice>
          )}
        </div>
        <SaveBar isChanged={isChanged} isSaving={mutation.isPending} onReset={() => setSettings(saved)} />
      </form>
    </Card>
  );
}
