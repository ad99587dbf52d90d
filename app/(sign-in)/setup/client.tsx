'use client';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { ApiError, explain } from '../../../components/api/api-error.ts';
import { setUp } from '../../../components/api/session.ts';
import { Button } from '../../../components/ui/button.tsx';
import { Field } from '../../../components/ui/field.tsx';
import { Input } from '../../../components/ui/input.tsx';
import { Notice } from '../../../components/ui/notice.tsx';
import { Panel } from '../panel.tsx';
import { nameProblem, passwordProblem } from './new-user.ts';

/** Makes the first administrator, once. */
export function Setup({ open, token }: { open: boolean; token: string }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [wasSent, setWasSent] = useState(false);
  const mutation = useMutation({ mutationFn: setUp, onSuccess: () => window.location.assign('/functions') });

  if (!open) return <UsedLink />;
  if (!token || (mutation.error instanceof ApiError && mutation.error.isForbidden)) return <WrongLink />;

  const problems = { name: nameProblem(name), password: passwordProblem(password) };
  return (
    <Panel
      title="Create the first administrator"
      description="Hearth has no users yet. This link makes the first one, and works once."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setWasSent(true);
          if (!problems.name && !problems.password) mutation.mutate({ token, name, password });
        }}
        noValidate
      >
        {mutation.isError && <Notice tone="danger">{explain(mutation.error)}</Notice>}
        <Field label="Name" hint="You sign in with it." error={wasSent || name ? problems.name : undefined}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="Password" hint="At least 8 characters." error={wasSent ? problems.password : undefined}>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="new-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" size="large" busy={mutation.isPending || mutation.isSuccess}>
          Create administrator
        </Button>
      </form>
    </Panel>
  );
}

function UsedLink() {
  return (
    <Panel
      title="This link was used already"
      description="Hearth has its first administrator; sign in with that name and password."
    >
      <Button variant="primary" size="large" className="w-full" asChild>
        <Link href="/sign-in">Sign in</Link>
      </Button>
    </Panel>
  );
}

function WrongLink() {
  return (
    <Panel
      title="This link is not valid"
      description="Each start of Hearth prints a new one while there is no administrator. Look for the newest in the terminal in which it was started, and open it whole."
    >
      <Button size="large" className="w-full" asChild>
        <Link href="/sign-in">Go to sign-in</Link>
      </Button>
    </Panel>
  );
}
