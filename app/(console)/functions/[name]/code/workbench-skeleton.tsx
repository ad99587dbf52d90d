import { Skeleton } from '../../../../../components/ui/skeleton.tsx';

const lines = ['w-3/5', 'w-2/5', 'w-4/5', 'w-1/2', 'w-2/3', 'w-1/3', 'w-3/4'];

/** The code tab before the package is here. */
export function WorkbenchSkeleton() {
  return (
    <div role="status" className="flex min-h-130 flex-1 flex-col">
      <span className="sr-only">Loading the code</span>
      <div className="flex h-12 items-center justify-end gap-2 border-b px-4">
        <Skeleton className="h-8 w-24 rounded" />
        <Skeleton className="h-8 w-24 rounded" />
      </div>
      <div className="grid flex-1 lg:grid-cols-[220px_minmax(0,1fr)_400px]">
        <div className="hidden flex-col gap-3 border-r p-4 lg:flex">
          <Skeleton className="w-28" />
          <Skeleton className="w-20" />
          <Skeleton className="w-32" />
        </div>
        <div className="flex flex-col gap-3 p-4">
          {lines.map((width) => (
            <Skeleton key={width} className={width} />
          ))}
        </div>
        <div className="hidden border-l p-4 lg:block">
          <Skeleton className="h-24 w-full rounded" />
        </div>
      </div>
    </div>
  );
}
