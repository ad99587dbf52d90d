'use client';
import { useEffect, useRef } from 'react';
import { type NodeRuntime, runtimes } from '../../../../components/field-rules.ts';
import { MemoryHint } from '../../../../components/memory-hint.tsx';
import { Field } from '../../../../components/ui/field.tsx';
import { Input, Select } from '../../../../components/ui/input.tsx';
import { Segmented } from '../../../../components/ui/segmented.tsx';
import { limits } from '../../../../core/limits.ts';
import type { NewFunctionForm } from './new-function.ts';

interface FunctionFieldsProps {
  form: NewFunctionForm;
  onChange: (part: Partial<NewFunctionForm>) => void;
  problems: { name?: string; memory?: string; timeout?: string };
}

/** Name, runtime, module format, memory and timeout of a new function. */
export function FunctionFields({ form, onChange, problems }: FunctionFieldsProps) {
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // On a touch screen it would bring up the keyboard, over the blueprints.
    if (window.matchMedia('(pointer: fine)').matches) name.current?.focus();
  }, []);
  return (
    <>
      <Field
        label="Function name"
        hint="Letters, digits, hyphens and underscores. It cannot change later."
        error={problems.name}
      >
        {(control) => (
          <Input
            {...control}
            ref={name}
            autoComplete="off"
            spellCheck={false}
            maxLength={140}
            className="font-mono"
            value={form.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label="Runtime">
        {(control) => (
          <Select
            {...control}
            value={form.runtime}
            onChange={(event) => onChange({ runtime: event.target.value as NodeRuntime })}
          >
            {runtimes.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="flex flex-col gap-1.5">
        <span className="font-medium text-sm" aria-hidden>
          Modules
        </span>
        <Segmented
          label="Modules"
          value={form.format}
          onValueChange={(format) => onChange({ format })}
          options={[
            { value: 'esm', label: 'ES modules' },
            { value: 'commonjs', label: 'CommonJS' },
          ]}
        />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Memory (MB)" hint={<MemoryHint megabytes={form.memory} />} error={problems.memory}>
          {(control) => (
            <Input
              {...control}
              type="number"
              inputMode="numeric"
              min={limits.memoryMegabytes.min}
              max={limits.memoryMegabytes.max}
              value={form.memory}
              onChange={(event) => onChange({ memory: event.target.value })}
            />
          )}
        </Field>
        <Field label="Timeout (seconds)" hint="At most 900." error={problems.timeout}>
          {(control) => (
            <Input
              {...control}
              type="number"
              inputMode="numeric"
              min={limits.timeoutSeconds.min}
              max={limits.timeoutSeconds.max}
              value={form.timeout}
              onChange={(event) => onChange({ timeout: event.target.value })}
            />
          )}
        </Field>
      </div>
    </>
  );
}
