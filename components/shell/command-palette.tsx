'use client';
import { Command } from 'cmdk';
import { LogOut, Plus, Search, SquareFunction } from 'lucide-react';
import { useTheme } from 'next-themes';
import type { ReactNode } from 'react';
import { useFunctions } from '../api/use-functions.ts';
import { Dialog, DialogContent } from '../ui/dialog.tsx';
import { places } from './navigation.ts';
import { themes } from './theme-menu.tsx';
import { useNavigate } from './unsaved-changes.tsx';
import { leave } from './user-menu.tsx';

/** Jumps to any function and runs any action of the console. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const { setTheme } = useTheme();
  const { functions } = useFunctions();
  const run = (action: () => void) => () => {
    onClose();
    action();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Search and commands" hideTitle className="max-w-140">
        <Command label="Search and commands" loop className="flex min-h-0 flex-col">
          <div className="flex items-center gap-2.5 border-b px-4">
            <Search className="size-4 shrink-0 text-ink-3" aria-hidden />
            <Command.Input
              placeholder="A function, a page or a command"
              className="h-11 w-full bg-transparent text-base outline-none placeholder:text-ink-3"
            />
          </div>
          <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
            <Command.Empty className="px-3 py-8 text-center text-ink-2 text-sm">
              Nothing goes by that name.
            </Command.Empty>
            <Group heading="Go to">
              {places.map(({ href, label, icon: Icon }) => (
                <Item
                  key={href}
                  value={`go to ${label}`}
                  icon={<Icon />}
                  onSelect={run(() => navigate(href))}
                >
                  {label}
                </Item>
              ))}
            </Group>
            <Group heading="Do">
              <Item
                value="create function new"
                icon={<Plus />}
                onSelect={run(() => navigate('/functions/create'))}
              >
                Create function
              </Item>
              {themes.map(({ value, label, icon: Icon }) => (
                <Item
                  key={value}
                  value={`theme ${label}`}
                  icon={<Icon />}
                  onSelect={run(() => setTheme(value))}
                >
                  Theme: {label}
                </Item>
              ))}
              <Item value="sign out" icon={<LogOut />} onSelect={run(() => void leave())}>
                Sign out
              </Item>
            </Group>
            <Group heading="Functions">
              {functions?.map(({ FunctionName: name = '', Runtime }) => (
                <Item
                  key={name}
                  value={name}
                  icon={<SquareFunction />}
                  onSelect={run(() => navigate(`/functions/${name}`))}
                >
                  <span className="truncate font-mono">{name}</span>
                  <span className="ml-auto pl-2 text-ink-3 text-xs">{Runtime}</span>
                </Item>
              ))}
            </Group>
          </Command.List>
        </Command>
      </DialogContent>
    </Dialog>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3 [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

function Item({
  value,
  icon,
  onSelect,
  children,
}: {
  value: string;
  icon: ReactNode;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-sm px-2.5 text-sm data-[selected=true]:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-ink-3"
    >
      {icon}
      {children}
    </Command.Item>
  );
}
