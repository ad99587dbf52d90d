import { useEffect, useRef } from 'react';

/** The keys of the code tab, wherever the focus is; in the editor they come before the editor's own. */
export function useShortcuts(
  isActive: boolean,
  actions: { deploy?: () => void; test: () => void; deployAndTest?: () => void },
): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    if (!isActive) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.altKey) return;
      const { deploy, test, deployAndTest } = latest.current;
      const key = event.key.toLowerCase();
      // Ctrl S never saves the page, even when there is nothing to deploy.
      const action =
        key === 's' && !event.shiftKey
          ? (deploy ?? (() => {}))
          : key !== 'enter'
            ? undefined
            : event.shiftKey
              ? (deployAndTest ?? test)
              : test;
      if (!action || document.querySelector('[role=dialog]')) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) action();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [isActive]);
}
