import { Skeleton } from '../../../../components/ui/skeleton.tsx';
import { WorkbenchSkeleton } from './code/workbench-skeleton.tsx';

/** A function's screen before anything of it is here. */
export function FunctionSkeleton() {
  return (
    <div role="status" className="flex flex-1 flex-col">
      <span className="sr-only">Loading the function</span>
      <div className="flex flex-col gap-2 border-b px-4 pt-4 md:px-6">
        <Skeleton className="h-7 w-56" />
        <Skeleton className="w-80 max-w-full" />
        <div className="flex h-9 items-center gap-5">
          <Skeleton className="w-10" />
          <Skeleton className="w-24" />
        </div>
      </div>
      <WorkbenchSkeleton />
    </div>
  );
}
