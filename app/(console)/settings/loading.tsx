import { PageHeader } from '../../../components/page-header.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';

export default function SettingsLoading() {
  return (
    <div role="status" className="flex w-full max-w-220 flex-col gap-5 p-4 md:p-6">
      <PageHeader title="Settings" />
      <span className="sr-only">Loading settings</span>
      <Skeleton className="h-80 w-full rounded" />
      <Skeleton className="h-64 w-full rounded" />
    </div>
  );
}
