'use client';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

interface DialogContentProps extends Omit<ComponentProps<typeof Radix.Content>, 'title'> {
  title: string;
  description?: ReactNode;
  /** `left` slides in from the left edge, for navigation on a phone. */
  side?: 'centre' | 'left';
  /** Keeps title and description for screen readers only. */
  hideTitle?: boolean;
  /** Without the closing cross and without closing on Escape: something has to be decided. */
  insistent?: boolean;
}

/** A modal dialog: focus stays inside, Escape closes, the page behind is inert. */
export function DialogContent({
  title,
  description,
  side = 'centre',
  hideTitle,
  insistent,
  className,
  children,
  ...props
}: DialogContentProps) {
  const refuse = insistent ? (event: Event) => event.preventDefault() : undefined;
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
      <Radix.Content
        aria-describedby={description ? undefined : ''}
        onEscapeKeyDown={refuse}
        onPointerDownOutside={refuse}
        onInteractOutside={refuse}
        className={cn(
          'fixed z-50 flex animate-appear flex-col border-line-strong bg-raised shadow-raised focus:outline-none',
          side === 'centre'
            ? '-translate-x-1/2 top-[12vh] left-1/2 max-h-[80vh] w-[calc(100vw-32px)] max-w-110 overflow-y-auto rounded border'
            : 'inset-y-0 left-0 w-64 border-r',
          className,
        )}
        {...props}
      >
        <div className={cn('px-5 pt-4 pr-12', hideTitle && 'sr-only')}>
          <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
          {description && (
            <Radix.Description className="mt-1 text-ink-2 text-sm">{description}</Radix.Description>
          )}
        </div>
        {children}
        {!insistent && (!hideTitle || side === 'left') && (
          <Radix.Close asChild>
            <Button
              variant="ghost"
              size="small-icon"
              className={cn('absolute right-3.5', side === 'left' ? 'top-2.5' : 'top-3.5')}
              aria-label="Close"
            >
              <X aria-hidden />
            </Button>
          </Radix.Close>
        )}
      </Radix.Content>
    </Radix.Portal>
  );
}

/** The row of buttons at the foot of a dialog; on a phone the main one is on top. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse gap-2 px-5 pt-4 pb-5 sm:flex-row sm:justify-end">{children}</div>
  );
}
