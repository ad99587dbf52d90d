import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

const badge = cva(
  'inline-flex h-5 items-center gap-1.5 whitespace-nowrap rounded-sm border px-1.5 font-medium text-2xs [&_svg]:size-3',
  {
    variants: {
      tone: {
        neutral: 'border-line bg-inset text-ink-2',
        accent: 'border-transparent bg-accent-soft text-accent-text',
        success: 'border-transparent bg-success-soft text-success',
        warning: 'border-transparent bg-warning-soft text-warning',
        danger: 'border-transparent bg-danger-soft text-danger',
        info: 'border-transparent bg-info-soft text-info',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
);

/** A word or two about state. Colour never stands alone: the word says it too. */
export function Badge({ className, tone, ...props }: ComponentProps<'span'> & VariantProps<typeof badge>) {
  return <span className={cn(badge({ tone }), className)} {...props} />;
}
