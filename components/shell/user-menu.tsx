'use client';
import { CircleUserRound, LogOut } from 'lucide-react';
import { toast } from 'sonner';
import { explain } from '../api/api-error.ts';
import { signOut, useMe } from '../api/session.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '../ui/menu.tsx';

/** Ends the session and leaves. The full load drops everything that was fetched. */
export async function leave(): Promise<void> {
  try {
    await signOut();
    window.location.assign('/sign-in');
  } catch (error) {
    toast.error('You are still signed in', { description: explain(error) });
  }
}

/** Who is signed in, and the way out. */
export function UserMenu() {
  const { data: me } = useMe();
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="User menu">
          <CircleUserRound aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent className="max-w-72">
        {me && (
          <>
            <div className="px-2 py-1.5">
              <p className="truncate font-medium text-sm">{me.name}</p>
              <p className="font-mono text-2xs text-ink-3 [overflow-wrap:anywhere]">{me.arn}</p>
            </div>
            <MenuSeparator />
          </>
        )}
        <MenuItem onSelect={() => void leave()}>
          <LogOut aria-hidden />
          Sign out
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
