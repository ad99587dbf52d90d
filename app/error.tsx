'use client';
import { Bug } from 'lucide-react';
import { Button } from '../components/ui/button.tsx';
import { State } from '../components/ui/state.tsx';

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <State
        icon={Bug}
        level={1}
        tone="danger"
        title="The console stumbled over this page"
        actions={
          <>
            <Button variant="primary" onClick={reset}>
              Try again
            </Button>
            <Button asChild>
              <a href="/functions">Go to functions</a>
            </Button>
          </>
        }
      >
        Your functions are not affected.{' '}
        {error.digest ? `The console’s log has it under ${error.digest}.` : error.message}
      </State>
    </main>
  );
}
