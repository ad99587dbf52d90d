import { cva, type VariantProps } from 'class-variance-authority';
import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

const button = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded border font-medium transition-colors duration-100 not-aria-busy:disabled:border-line not-aria-busy:disabled:bg-inset not-aria-busy:disabled:text-ink-3 disabled:cursor-not-allowed [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-accent-ink not-disabled:hover:bg-accent-hover',
        secondary:
          'border-line-strong bg-surface text-ink not-disabled:hover:bg-hover aria-expanded:bg-hover',
        ghost:
          'border-transparent text-ink-2 not-disabled:hover:bg-hover not-disabled:hover:text-ink aria-expanded:bg-hover',
        danger: 'border-transparent bg-danger text-canvas not-disabled:hover:bg-danger-hover',
      },
      size: {
        small: 'h-7 px-2.5 text-xs',
        medium: 'h-8 px-3 text-sm',
        large: 'h-9 px-4 text-base',
        icon: 'size-8 p-0',
        'small-icon': 'size-7 p-0',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'medium' },
  },
);

interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof button> {
  /** Gives the button's look to its only child, a link for example. */
  asChild?: boolean;
  /** Shows a spinner and refuses clicks while the work that the button started goes on. */
  busy?: boolean;
}

/** The one button. `primary` is for the one action a screen is about. */
export function Button({
  className,
  variant,
  size,
  asChild,
  busy,
  disabled,
  children,
  ...props
}: ButtonProps) {
  const classes = cn(button({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      className={classes}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...props}
    >
      {busy && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </button>
  );
}
