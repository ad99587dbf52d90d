'use client';
import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';
import { themes } from '../../../components/shell/theme-menu.tsx';
import { Card, CardHeader } from '../../../components/ui/card.tsx';
import { Segmented } from '../../../components/ui/segmented.tsx';

const subscribe = () => () => {};

/** Dark, light, or what the system says; kept in this browser. */
export function ThemeCard() {
  const { theme, setTheme } = useTheme();
  // The server does not know the choice.
  const isInBrowser = useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
  return (
    <Card aria-label="Theme">
      <CardHeader title="Theme" description="Kept in this browser.">
        <Segmented
          label="Theme"
          value={isInBrowser ? (theme ?? 'system') : ''}
          onValueChange={setTheme}
          options={themes.map(({ value, label, icon: Icon }) => ({
            value,
            name: label,
            label: (
              <>
                <Icon aria-hidden />
                {label}
              </>
            ),
          }))}
        />
      </CardHeader>
    </Card>
  );
}
