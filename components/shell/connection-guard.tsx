'use client';
import { useQueryClient } from '@tanstack/react-query';
import { LoaderCircle } from 'lucide-react';
import { useEffect } from 'react';
import { reportConnection } from '../api/connection.ts';
import { loadAgain } from '../api/query-client.ts';
import { browserTransport } from '../api/transport.ts';
import { SignInForm } from '../sign-in-form.tsx';
import { Dialog, DialogContent } from '../ui/dialog.tsx';
import { useConnection } from './use-connection.ts';

/**
 * Looks after a page whose requests stop getting through. When the session has ended one signs in over the page,
 * which keeps all that was typed; when the worker does not answer, it is asked until it does, and everything on
 * the page is loaded again.
 */
export function ConnectionGuard() {
  const connection = useConnection();
  const queryClient = useQueryClient();

  useEffect(() => {
    if (connection !== 'worker-down') return;
    let delay = 1000;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      const answer = await browserTransport('/auth/me').catch(() => undefined);
      if (answer && answer.status < 500) {
        reportConnection(answer.status === 200 ? 'open' : 'signed-out');
        if (answer.status === 200) await loadAgain(queryClient);
        return;
      }
      delay = Math.min(delay * 1.5, 10_000);
      timer = setTimeout(ask, delay);
    };
    timer = setTimeout(ask, delay);
    return () => clearTimeout(timer);
  }, [connection, queryClient]);

  if (connection === 'worker-down') {
    return (
      <div role="status" className="flex items-center gap-2 border-b bg-warning-soft px-4 py-1.5 text-sm">
        <LoaderCircle className="size-4 shrink-0 animate-spin text-warning" aria-hidden />
        The worker is not answering. Trying again until it does.
      </div>
    );
  }
  return (
    <Dialog open={connection === 'signed-out'}>
      <DialogContent
        title="Your session has ended"
        description="Sign in to go on where you are. Nothing on this page is lost."
        insistent
        className="max-w-90"
      >
        <div className="px-5 pt-4 pb-5">
          <SignInForm
            onSignedIn={() => {
              reportConnection('open');
              void loadAgain(queryClient);
            }}
          />
        </div>
      </DialogContent>
    </Dialog>
  );
}
