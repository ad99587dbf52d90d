import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

interface StateProps {
  icon: LucideIcon;
  title: string;
  /** 1 where nothing else on the page is a heading. */
  level?: 1 | 2;
  /** What happened and what to try. */
  children?: ReactNode;
  /** Buttons. */
  actions?: ReactNode;
  tone?: 'neutral' | 'danger' | 'warning';
  className?: string;
}

const tones = {
  neutral: 'bg-inset text-ink-2',
  danger: 'border-transparent bg-danger-soft text-danger',
  warning: 'border-transparent bg-warning-soft text-warning',
};

/** What stands where content would: nothing yet, an error, no permission. */
export function State({
  icon: Icon,
  title,
  level = 2,
  children,
  actions,
  tone = 'neutral',
  className,
}: StateProps) {
  const Heading = `h${level}` as const;
  return (
    <div
      className={cn('flex flex-col items-center px-4 py-12 text-center', className)}
      role={tone === 'danger' ? 'alert' : undefined}
    >
      <span className={cn('flex size-10 items-center justify-center rounded border', tones[tone])}>
        <Icon className="size-5" strokeWidth={1.75} aria-hidden />
      </span>
      <Heading className="mt-4 font-semibold text-lg">{title}</Heading>
      {children && <div className="mt-1 max-w-120 text-pretty text-ink-2 text-sm">{children}</div>}
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
