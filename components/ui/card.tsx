import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

/** A bordered surface. */
export function Card({ className, ...props }: ComponentProps<'section'>) {
  return <section className={cn('min-w-0 rounded border bg-surface', className)} {...props} />;
}

/** The title line of a card. */
export function CardHeader({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-b px-4 py-3 last:border-b-0">
      <div className="min-w-0">
        <h2 className="font-semibold text-base">{title}</h2>
        {description && <p className="mt-0.5 text-ink-3 text-xs">{description}</p>}
      </div>
      {children}
    </div>
  );
}
