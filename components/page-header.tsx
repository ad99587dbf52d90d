import type { ReactNode } from 'react';

/** The title line of a screen, with its actions on the right. */
export function PageHeader({
  title,
  detail,
  children,
}: {
  title: string;
  detail?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="flex min-w-0 items-baseline gap-2.5">
        <h1 className="truncate font-semibold text-xl tracking-tight">{title}</h1>
        {detail && <span className="text-ink-3 text-sm tabular-nums">{detail}</span>}
      </div>
      {children && <div className="flex items-center gap-2">{children}</div>}
    </div>
  );
}
