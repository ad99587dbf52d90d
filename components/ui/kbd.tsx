'use client';
import { useSyncExternalStore } from 'react';
import { cn } from './class-names.ts';

const subscribe = () => () => {};

/** Whether the viewer's modifier key is ⌘; false on the server and on the first render. */
function useIsApple(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );
}

/** A key or a chord. `Mod` is shown as ⌘ or Ctrl, whichever the viewer's keyboard has. */
export function Kbd({ keys, className }: { keys: string[]; className?: string }) {
  const isApple = useIsApple();
  return (
    <span aria-hidden className={cn('inline-flex gap-0.5', className)}>
      {keys.map((key) => (
        <kbd
          key={key}
          className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-current/25 px-1 font-sans text-2xs leading-none"
        >
          {key === 'Mod' ? (isApple ? '⌘' : 'Ctrl') : key}
        </kbd>
      ))}
    </span>
  );
}
