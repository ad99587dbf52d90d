'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '../ui/class-names.ts';
import { places } from './navigation.ts';

/** Links to every place of the console. */
export function Rail({ compact, onNavigate }: { compact?: boolean; onNavigate?: () => void }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="flex flex-col gap-0.5 p-2">
      {places.map(({ href, label, icon: Icon }) => {
        const isActive = pathname === href || pathname.startsWith(`${href}/`);
        return (
          <Link
            key={href}
            href={href}
            onClick={onNavigate}
            aria-current={isActive ? 'page' : undefined}
            title={compact ? label : undefined}
            className={cn(
              'relative flex h-8 items-center gap-2.5 rounded px-2.5 font-medium text-ink-2 text-sm hover:bg-hover hover:text-ink',
              isActive &&
                'bg-hover text-ink before:absolute before:inset-y-2 before:-left-2 before:w-0.5 before:rounded-full before:bg-accent',
            )}
          >
            <Icon
              className={cn('size-4 shrink-0', isActive ? 'text-accent-text' : 'text-ink-3')}
              aria-hidden
            />
            <span className={cn(compact && 'sr-only xl:not-sr-only')}>{label}</span>
          </Link>
        );
      })}
    </nav>
  );
}
