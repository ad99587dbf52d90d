import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

/** A grey bar in the place and size of what is still loading. */
export function Skeleton({ className, ...props }: ComponentProps<'span'>) {
  return (
    <span aria-hidden className={cn('block h-4 animate-shimmer rounded-sm bg-line', className)} {...props} />
  );
}
