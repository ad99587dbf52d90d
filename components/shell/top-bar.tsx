'use client';
import { Menu as MenuIcon, Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { useMe } from '../api/session.ts';
import { Logo } from '../logo.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogContent, DialogTrigger } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Rail } from './rail.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import { UserMenu } from './user-menu.tsx';

const CommandPalette = dynamic(
  () => import('./command-palette.tsx').then((module) => module.CommandPalette),
  { ssr: false },
);

/** Account and region, the command palette, theme and user. */
export function TopBar() {
  const [paletteIsOpen, setPaletteIsOpen] = useState(false);
  const [navigationIsOpen, setNavigationIsOpen] = useState(false);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        (event.metaKey || event.ctrlKey) &&
        !event.shiftKey &&
        !event.altKey &&
        event.key.toLowerCase() === 'k'
      ) {
        event.preventDefault();
        setPaletteIsOpen((isOpen) => !isOpen);
      }
    };
    // Before the code editor, which has chords that begin with the same key.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);

  return (
    <header className="sticky top-0 z-30 flex h-12 shrink-0 items-center gap-2 border-b bg-canvas px-3 md:px-4">
      <Dialog open={navigationIsOpen} onOpenChange={setNavigationIsOpen}>
        <DialogTrigger asChild>
          <Button variant="ghost" size="icon" className="md:hidden" aria-label="Menu">
            <MenuIcon aria-hidden />
          </Button>
        </DialogTrigger>
        <DialogContent title="Menu" side="left" hideTitle>
          <div className="flex h-12 items-center gap-2.5 border-b px-4">
            <Logo className="size-6" />
            <span className="font-semibold text-lg tracking-tight">Hearth</span>
          </div>
          <Rail onNavigate={() => setNavigationIsOpen(false)} />
        </DialogContent>
      </Dialog>
      <Place />
      <button
        type="button"
        onClick={() => setPaletteIsOpen(true)}
        aria-label="Search and commands"
        aria-keyshortcuts="Control+K Meta+K"
        className="ml-auto flex h-8 items-center gap-2 rounded border border-line-strong bg-surface px-2 text-ink-3 text-sm hover:bg-hover hover:text-ink-2 sm:w-64 lg:w-80"
      >
        <Search className="size-4" aria-hidden />
        <span className="hidden min-w-0 flex-1 truncate text-left sm:inline">Search or run a command</span>
        <Kbd keys={['Mod', 'K']} className="hidden sm:inline-flex" />
      </button>
      <div className="flex items-center md:ml-auto">
        <ThemeMenu />
        <UserMenu />
      </div>
      {paletteIsOpen && <CommandPalette onClose={() => setPaletteIsOpen(false)} />}
    </header>
  );
}

function Place() {
  const { data: me } = useMe();
  return (
    <div className="flex min-w-0 items-center gap-2 text-ink-2 text-xs tabular-nums md:flex-none">
      {me ? (
        <>
          <span className="truncate font-mono" title="Account">
            <span className="sr-only">Account </span>
            {me.accountId}
          </span>
          <span aria-hidden className="text-line-strong">
            /
          </span>
          <span className="whitespace-nowrap font-mono" title="Region">
            <span className="sr-only">Region </span>
            {me.region}
          </span>
        </>
      ) : (
        <Skeleton className="w-40" />
      )}
    </div>
  );
}
