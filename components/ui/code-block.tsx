import { cn } from './class-names.ts';
import { CopyButton } from './copy-button.tsx';
import { ScrollRegion } from './scroll-region.tsx';

/** Text to copy into a terminal or a file. */
export function CodeBlock({ code, label, className }: { code: string; label: string; className?: string }) {
  return (
    <div className={cn('min-w-0 rounded border bg-inset', className)}>
      <div className="flex items-center justify-between border-b py-0.5 pr-1 pl-3">
        <span className="text-ink-3 text-xs inline-block first-letter:uppercase">{label}</span>
        <CopyButton text={code} label={`Copy ${label}`} />
      </div>
      <ScrollRegion label={label}>
        <pre className="w-max p-3 text-ink-2 text-xs leading-5">
          <code>{code}</code>
        </pre>
      </ScrollRegion>
    </div>
  );
}
