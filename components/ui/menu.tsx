'use client';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

export const Menu = Radix.Root;
export const MenuTrigger = Radix.Trigger;

/** The panel of a menu. */
export function MenuContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align="end"
        sideOffset={6}
        collisionPadding={8}
        className={cn(
          'z-50 min-w-48 animate-appear rounded border border-line-strong bg-raised p-1 shadow-raised',
          className,
        )}
        {...props}
      />
    </Radix.Portal>
  );
}

/** One action of a menu. */
export function MenuItem({
  className,
  danger,
  ...props
}: ComponentProps<typeof Radix.Item> & { danger?: boolean }) {
  return (
    <Radix.Item
      className={cn(
        'flex min-h-8 cursor-default select-none items-center gap-2.5 rounded-sm px-2 text-sm outline-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:text-ink-3',
        danger && 'text-danger [&_svg]:text-danger',
        className,
      )}
      {...props}
    />
  );
}

/** A line between groups of actions. */
export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
