import { FileQuestion } from 'lucide-react';
import Link from 'next/link';
import { Button } from '../../../../components/ui/button.tsx';
import { State } from '../../../../components/ui/state.tsx';

/** Stands in place of a function that is not there. */
export function FunctionMissing({ name }: { name: string }) {
  return (
    <State
      icon={FileQuestion}
      level={1}
      title="There is no such function"
      className="flex-1 justify-center"
      actions={
        <>
          <Button variant="primary" asChild>
            <Link href="/functions/create">Create function</Link>
          </Button>
          <Button asChild>
            <Link href="/functions">Go to functions</Link>
          </Button>
        </>
      }
    >
      <span className="font-mono [overflow-wrap:anywhere]">{name}</span> was deleted, or never existed in this
      account and region.
    </State>
  );
}
