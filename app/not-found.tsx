import { MapPinOff } from 'lucide-react';
import Link from 'next/link';
import { Button } from '../components/ui/button.tsx';
import { State } from '../components/ui/state.tsx';

export default function NotFoundPage() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <State
        icon={MapPinOff}
        level={1}
        title="There is nothing here"
        actions={
          <Button asChild>
            <Link href="/functions">Go to functions</Link>
          </Button>
        }
      >
        The address may be mistyped, or what it led to has been deleted.
      </State>
    </main>
  );
}
