import { PageHeader } from '../../../components/page-header.tsx';
import { FunctionsSkeleton } from './functions-skeleton.tsx';

export default function FunctionsLoading() {
  return (
    <div className="flex flex-col gap-4 p-4 md:p-6">
      <PageHeader title="Functions" />
      <FunctionsSkeleton />
    </div>
  );
}
