'use client';
import { type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { cn } from '../../../../../components/ui/class-names.ts';
import { Segmented } from '../../../../../components/ui/segmented.tsx';

export type PaneName = 'files' | 'code' | 'test';

interface PanesProps {
  files: ReactNode;
  code: ReactNode;
  test: ReactNode;
  /** The one that a narrow screen shows. */
  shown: PaneName;
  onShow: (pane: PaneName) => void;
}

/** Pixels. */
const width = { min: 300, max: 800, first: 400, step: 24 };

/** Files, code and test side by side; on a narrow screen one of them at a time. */
export function Panes({ files, code, test, shown, onShow }: PanesProps) {
  const [testWidth, setTestWidth] = useState(width.first);
  const visible = (pane: PaneName) => (shown === pane ? 'flex' : 'hidden lg:flex');
  return (
    <div className="relative flex min-h-130 flex-1 flex-col">
      <div className="border-b p-2 lg:hidden">
        <Segmented
          label="Show"
          className="flex w-full"
          value={shown}
          onValueChange={onShow}
          options={[
            { value: 'files', label: 'Files' },
            { value: 'code', label: 'Code' },
            { value: 'test', label: 'Test' },
          ]}
        />
      </div>
      <div className="relative flex-1">
        <div className="absolute inset-0 flex">
          <section
            aria-label="Files"
            className={cn(
              'min-w-0 flex-1 flex-col overflow-hidden lg:w-55 lg:flex-none lg:border-r',
              visible('files'),
            )}
          >
            {files}
          </section>
          <section aria-label="Code" className={cn('min-w-0 flex-1 flex-col bg-surface', visible('code'))}>
            {code}
          </section>
          <Divider value={testWidth} onChange={setTestWidth} />
          <section
            aria-label="Test"
            className={cn(
              'min-w-0 flex-1 flex-col bg-surface lg:w-(--test-width) lg:flex-none',
              visible('test'),
            )}
            style={{ '--test-width': `${testWidth}px` } as CSSProperties}
          >
            {test}
          </section>
        </div>
      </div>
    </div>
  );
}

/** The line between code and test: drag it, or move it by arrow keys. */
function Divider({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const set = (next: number) => onChange(Math.min(Math.max(next, width.min), width.max));
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const { currentTarget, pointerId, clientX } = event;
    currentTarget.setPointerCapture(pointerId);
    const onMove = (move: globalThis.PointerEvent) => set(value + clientX - move.clientX);
    currentTarget.addEventListener('pointermove', onMove);
    currentTarget.addEventListener(
      'lostpointercapture',
      () => currentTarget.removeEventListener('pointermove', onMove),
      { once: true },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: width.step, ArrowRight: -width.step }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    set(value + step);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved
    <div
      role="separator"
      aria-label="Width of the test pane"
      aria-orientation="vertical"
      aria-valuenow={value}
      aria-valuemin={width.min}
      aria-valuemax={width.max}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      className="relative z-10 -mr-px hidden w-px cursor-col-resize touch-none bg-line after:absolute after:inset-y-0 after:-left-1.5 after:w-3 hover:bg-accent focus-visible:bg-accent lg:block"
    />
  );
}
