'use client';
import { SignInForm } from '../../../components/sign-in-form.tsx';
import { Panel } from '../panel.tsx';

/** The sign-in screen. */
export function SignIn({ next }: { next: string }) {
  return (
    <Panel title="Sign in" description="With the name and password of your Hearth user.">
      {/* A full load, so that nothing fetched before signing in is kept. */}
      <SignInForm onSignedIn={() => window.location.assign(next)} />
    </Panel>
  );
}
