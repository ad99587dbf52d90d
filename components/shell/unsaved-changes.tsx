'use client';
import { useRouter } from 'next/navigation';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogContent, DialogFooter } from '../ui/dialog.tsx';

interface Guard {
  /** Says what leaving would mean for one part of the page, or null when that part has nothing unsaved. */
  setUnsaved: (part: string, consequence: string | null) => void;
  /** Goes to another page of the console, asking first when something would be left behind. */
  navigate: (href: string) => void;
}

const GuardContext = createContext<Guard | undefined>(undefined);

function useGuard(): Guard {
  const guard = useContext(GuardContext);
  if (!guard) throw new Error('UnsavedChangesGuard is missing above.');
  return guard;
}

/** A `router.push` that respects unsaved changes. Links need nothing: they are watched. */
export function useNavigate(): (href: string) => void {
  return useGuard().navigate;
}

/**
 * Announces unsaved changes while the component lives.
 * @param consequence a sentence on what leaving does to them; null while there are none.
 */
export function useUnsavedChanges(consequence: string | null): void {
  const part = useId();
  const { setUnsaved } = useGuard();
  useEffect(() => {
    setUnsaved(part, consequence);
    return () => setUnsaved(part, null);
  }, [part, consequence, setUnsaved]);
}

/** Asks before leaving a page with unsaved changes: on links, on closing the tab, and in `useNavigate`. */
export function UnsavedChangesGuard({ children }: { children: ReactNode }) {
  const router = useRouter();
  const unsaved = useRef(new Map<string, string>());
  const [leaving, setLeaving] = useState<{ href: string; consequences: string } | null>(null);

  const guard = useMemo<Guard>(
    () => ({
      setUnsaved: (part, consequence) => {
        if (consequence) unsaved.current.set(part, consequence);
        else unsaved.current.delete(part);
      },
      navigate: (href) => {
        if (unsaved.current.size > 0 && isElsewhere(href))
          setLeaving({ href, consequences: allOf(unsaved.current) });
        else router.push(href);
      },
    }),
    [router],
  );

  useEffect(() => {
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      if (unsaved.current.size > 0) event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      const isPlain =
        event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      const href = link?.getAttribute('href');
      if (
        unsaved.current.size === 0 ||
        !isPlain ||
        !href?.startsWith('/') ||
        link?.hasAttribute('download') ||
        !isElsewhere(href)
      )
        return;
      event.preventDefault();
      event.stopPropagation();
      setLeaving({ href, consequences: allOf(unsaved.current) });
    };
    window.addEventListener('beforeunload', onBeforeUnload);
    document.addEventListener('click', onClick, { capture: true });
    return () => {
      window.removeEventListener('beforeunload', onBeforeUnload);
      document.removeEventListener('click', onClick, { capture: true });
    };
  }, []);

  return (
    <GuardContext value={guard}>
      {children}
      <Dialog open={leaving !== null} onOpenChange={(open) => !open && setLeaving(null)}>
        <DialogContent title="Leave this page?" description={leaving?.consequences}>
          <DialogFooter>
            <Button onClick={() => setLeaving(null)}>Stay</Button>
            <Button
              variant="primary"
              onClick={() => {
                if (leaving) router.push(leaving.href);
                setLeaving(null);
              }}
            >
              Leave
            </Button>
          </DialogFooter>
        </DialogContent>
      </Dialog>
    </GuardContext>
  );
}

function allOf(consequences: ReadonlyMap<string, string>): string {
  return [...consequences.values()].join(' ');
}

function isElsewhere(href: string): boolean {
  return new URL(href, window.location.href).pathname !== window.location.pathname;
}
