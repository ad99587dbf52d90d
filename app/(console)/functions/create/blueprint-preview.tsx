import { cn } from '../../../../components/ui/class-names.ts';
import { ScrollRegion } from '../../../../components/ui/scroll-region.tsx';

/** The code that the function will begin with. */
export function BlueprintPreview({
  files,
  className,
}: {
  files: Readonly<Record<string, string>>;
  className?: string;
}) {
  return (
    <div className={cn('overflow-hidden rounded border bg-surface', className)}>
      {Object.entries(files).map(([name, text]) => (
        <figure key={name}>
          <figcaption className="border-b px-4 py-2 font-mono text-ink-2 text-xs">{name}</figcaption>
          <ScrollRegion label={`Code of ${name}`} className="max-h-110 p-4">
            <pre className="w-max text-xs leading-5">{text}</pre>
          </ScrollRegion>
        </figure>
      ))}
    </div>
  );
}
