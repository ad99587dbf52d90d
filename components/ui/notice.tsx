import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

const looks = {
  info: { icon: Info, classes: 'bg-info-soft text-info' },
  warning: { icon: TriangleAlert, classes: 'bg-warning-soft text-warning' },
  danger: { icon: CircleAlert, classes: 'bg-danger-soft text-danger' },
};

/** A line of advice inside a page. `danger` is announced at once. */
export function Notice({
  tone,
  children,
  actions,
  className,
}: {
  tone: keyof typeof looks;
  children: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  const { icon: Icon, classes } = looks[tone];
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={cn(
        'flex flex-wrap items-center gap-x-3 gap-y-2 rounded px-3 py-2 text-sm',
        classes,
        className,
      )}
    >
      <Icon className="size-4 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1 basis-48 text-ink [overflow-wrap:anywhere]">{children}</div>
      {actions}
    </div>
  );
}
