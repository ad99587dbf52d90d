import { cn } from '../../../../components/ui/class-names.ts';

/** The code that the function will begin with. */
export function BlueprintPreview({ files, className }: { files: Readonly<Record<string, string>>; className?: string }) {
  return (
    <div className={cn('overflow-hidden rounded border bg-surface', className)}>
      {Object.entries(files).map(([name, text]) => (
        <figure key={name}>
          <figcaption className="border-b px-4 py-2 font-mono text-ink-2 text-xs">{name}</figcaption>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
          <pre tabIndex={0} role="region" aria-label={`Code of ${name}`} className="max-h-110 overflow-auto p-4 text-xs leading-5 focus-visible:-outline-offset-2">
            <code>{text}</code>
          </pre>
        </figure>
      ))}
    </div>
  );
}
