import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

/** A part of a page that scrolls by itself; the keyboard reaches it, so that it can be scrolled without a mouse. */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: without it, only a mouse could scroll
      tabIndex={0}
      className={cn('overflow-auto focus-visible:-outline-offset-2', className)}
    >
      {children}
    </section>
  );
}
