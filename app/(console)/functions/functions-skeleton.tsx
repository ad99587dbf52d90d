import { Skeleton } from '../../../components/ui/skeleton.tsx';

const widths = ['w-36', 'w-48', 'w-28', 'w-40', 'w-52', 'w-32'];

/** The table before its rows are here. */
export function FunctionsSkeleton() {
  return (
    <div role="status" className="flex flex-col gap-4">
      <span className="sr-only">Loading functions</span>
      <Skeleton className="h-8 w-full max-w-80 rounded" />
      <div className="rounded border bg-surface">
        <div className="flex h-9 items-center border-b px-4">
          <Skeleton className="h-3 w-16" />
        </div>
        {widths.map((width) => (
          <div key={width} className="flex h-11 items-center gap-6 border-b px-4 last:border-b-0">
            <Skeleton className={width} />
            <Skeleton className="ml-auto hidden w-20 sm:block" />
            <Skeleton className="hidden w-14 lg:block" />
            <Skeleton className="hidden w-14 lg:block" />
            <Skeleton className="w-16" />
          </div>
        ))}
      </div>
    </div>
  );
}
