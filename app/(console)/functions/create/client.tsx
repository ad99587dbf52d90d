'use client';
import { parseAsString, useQueryState } from 'nuqs';
import { useState } from 'react';
import { ApiError, explain, fieldErrors } from '../../../../components/api/api-error.ts';
import { useCreateFunction } from '../../../../components/api/create-function.ts';
import { useMe } from '../../../../components/api/session.ts';
import { useFunctions } from '../../../../components/api/use-functions.ts';
import { functionNameProblem, numberProblem } from '../../../../components/field-rules.ts';
import { regularFile } from '../../../../components/package/package-file.ts';
import { useNavigate } from '../../../../components/shell/unsaved-changes.tsx';
import { saveTestEvent } from '../../../../components/test-event.ts';
import { Button } from '../../../../components/ui/button.tsx';
import { Notice } from '../../../../components/ui/notice.tsx';
import { limits } from '../../../../core/limits.ts';
import { BlueprintGallery } from './blueprint-gallery.tsx';
import { BlueprintPreview } from './blueprint-preview.tsx';
import { FunctionFields } from './function-fields.tsx';
import { emptyForm, type NewFunctionForm, suggestName } from './new-function.ts';
import type { Blueprint } from './read-blueprints.ts';

/** One screen from a blueprint to a function that runs. */
export function CreateFunction({ blueprints }: { blueprints: Blueprint[] }) {
  const navigate = useNavigate();
  const { data: me } = useMe();
  const { functions } = useFunctions();
  const taken = functions?.map((item) => item.FunctionName ?? '') ?? [];
  const [blueprintId, setBlueprintId] = useQueryState(
    'blueprint',
    parseAsString.withDefault('hello-world').withOptions({ history: 'replace' }),
  );
  const blueprint = blueprints.find(({ id }) => id === blueprintId) ?? blueprints[0];
  const [form, setForm] = useState(emptyForm);
  const [nameIsTyped, setNameIsTyped] = useState(false);
  const [wasSent, setWasSent] = useState(false);
  const mutation = useCreateFunction();
  if (!blueprint) return null;

  const name = nameIsTyped ? form.name : suggestName(blueprint.id, taken);
  const blamed = fieldErrors(mutation.error);
  const isTaken = mutation.error instanceof ApiError && mutation.error.status === 409;
  const problems = {
    name:
      (wasSent || name !== '' ? functionNameProblem(name, taken) : undefined) ??
      (isTaken ? mutation.error?.message : blamed.functionName),
    memory: numberProblem(form.memory, limits.memoryMegabytes, 'MB') ?? blamed.memorySize,
    timeout: numberProblem(form.timeout, limits.timeoutSeconds, 'seconds') ?? blamed.timeout,
  };
  const files = blueprint.files[form.format];
  const change = (part: Partial<NewFunctionForm>) => {
    if (part.name !== undefined) setNameIsTyped(true);
    if (mutation.isError) mutation.reset();
    setForm((before) => ({ ...before, ...part }));
  };

  const create = () => {
    setWasSent(true);
    if (functionNameProblem(name, taken) || problems.memory || problems.timeout || !me) return;
    const texts = Object.entries(files).map(([path, text]) => [path, { mode: regularFile, text }] as const);
    const arn = `arn:aws:lambda:${me.region}:${me.accountId}:function:${name}`;
    mutation.mutate(
      {
        name,
        runtime: form.runtime,
        handler: 'index.handler',
        memory: Number(form.memory),
        timeout: Number(form.timeout),
        description: blueprint.id === 'blank' ? '' : blueprint.description,
        role: `arn:aws:iam::${me.accountId}:role/${name}`,
        files: new Map(texts),
      },
      {
        onSuccess: () => {
          saveTestEvent(arn, blueprint.event.trimEnd());
          navigate(`/functions/${name}`);
        },
      },
    );
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        create();
      }}
      className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,380px)]"
    >
      <div className="flex min-w-0 flex-col gap-5">
        <BlueprintGallery
          blueprints={blueprints}
          chosen={blueprint.id}
          onChoose={(id) => void setBlueprintId(id)}
        />
        <BlueprintPreview files={files} className="hidden lg:block" />
      </div>
      <div className="flex min-w-0 flex-col gap-4 rounded border bg-surface p-4 lg:sticky lg:top-18">
        <FunctionFields form={{ ...form, name }} onChange={change} problems={problems} />
        {mutation.isError && !problems.name && !problems.memory && !problems.timeout && (
          <Notice tone="danger">{explain(mutation.error)}</Notice>
        )}
        <Button
          type="submit"
          variant="primary"
          size="large"
          busy={mutation.isPending || mutation.isSuccess}
          disabled={!me}
        >
          Create function
        </Button>
      </div>
    </form>
  );
}
