'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Logo } from '../logo.tsx';
import { ConnectionGuard } from './connection-guard.tsx';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';
import { UnsavedChangesGuard } from './unsaved-changes.tsx';

/** The frame of every screen: left rail, top bar, and the page between them. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <UnsavedChangesGuard>
      <a
        href="#main"
        className="-translate-y-full fixed top-0 left-2 z-50 rounded-b bg-accent px-3 py-1.5 text-accent-ink text-sm focus:translate-y-0"
      >
        Skip to content
      </a>
      <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] md:grid-cols-[52px_minmax(0,1fr)] xl:grid-cols-[200px_minmax(0,1fr)]">
        <aside className="sticky top-0 hidden h-dvh flex-col border-r md:flex">
          <Link
            href="/functions"
            className="flex h-12 shrink-0 items-center gap-2.5 border-b px-3.5"
            aria-label="Hearth"
          >
            <Logo className="size-6 shrink-0" />
            <span className="hidden font-semibold text-lg tracking-tight xl:inline">Hearth</span>
          </Link>
          <Rail compact />
        </aside>
        <div className="flex min-h-dvh min-w-0 flex-col">
          <TopBar />
          <ConnectionGuard />
          <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col focus:outline-none">
            {children}
          </main>
        </div>
      </div>
    </UnsavedChangesGuard>
  );
}
