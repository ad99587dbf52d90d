'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, explain } from './api/api-error.ts';
import { signIn } from './api/session.ts';
import { Button } from './ui/button.tsx';
import { Field } from './ui/field.tsx';
import { Input } from './ui/input.tsx';
import { Notice } from './ui/notice.tsx';

/** Name and password. `onSignedIn` runs once the session cookie is set. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const mutation = useMutation({ mutationFn: signIn, onSuccess: onSignedIn });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        mutation.mutate({ username, password });
      }}
    >
      {mutation.isError && <Notice tone="danger">{reasonFor(mutation.error)}</Notice>}
      <Field label="Name">
        {(control) => (
          <Input
            {...control}
            required
            autoFocus
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        )}
      </Field>
      <Field label="Password">
        {(control) => (
          <Input
            {...control}
            required
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="large" busy={mutation.isPending}>
        Sign in
      </Button>
    </form>
  );
}

function reasonFor(error: unknown): string {
  if (error instanceof ApiError && error.status === 401)
    return 'That name and password do not belong together.';
  if (error instanceof ApiError && error.status === 429)
    return 'Too many attempts. Wait a minute, then try again.';
  return explain(error);
}
