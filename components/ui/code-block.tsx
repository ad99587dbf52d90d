import { cn } from './class-names.ts';
import { CopyButton } from './copy-button.tsx';
import { ScrollRegion } from './scroll-region.tsx';

/** Text to copy into a terminal or a file. */
export function CodeBlock({ code, label, className }: { code: string; label: string; className?: string }) {
  return (
    <div className={cn('relative min-w-0 rounded border bg-inset', className)}>
      <ScrollRegion label={label} className="rounded">
        <pre className="w-max p-3 pr-12 text-ink-2 text-xs leading-5">
          <code>{code}</code>
        </pre>
      </ScrollRegion>
      <CopyButton text={code} label={`Copy ${label}`} className="absolute top-1.5 right-1.5 bg-inset" />
    </div>
  );
}
