import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

const control =
  'w-full min-w-0 rounded border border-control bg-surface text-sm text-ink placeholder:text-ink-3 disabled:cursor-not-allowed disabled:bg-inset disabled:text-ink-3 aria-invalid:border-danger focus-visible:outline-offset-0 dark:bg-inset';

/** A line of text. */
export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={cn(control, 'h-8 px-2.5', className)} {...props} />;
}

/** The browser's own select in our clothes: the keyboard, phones and screen readers know it already. */
export function Select({ className, children, ...props }: ComponentProps<'select'>) {
  return (
    <span className={cn('relative block', className)}>
      <select className={cn(control, 'h-8 appearance-none truncate pr-8 pl-2.5')} {...props}>
        {children}
      </select>
      <ChevronDown
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2.5 size-4 text-ink-3"
        aria-hidden
      />
    </span>
  );
}
