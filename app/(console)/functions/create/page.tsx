import type { Metadata } from 'next';
import { PageHeader } from '../../../../components/page-header.tsx';
import { CreateFunction } from './client.tsx';
import { readBlueprints } from './read-blueprints.ts';

export const metadata: Metadata = { title: 'Create function' };

export default async function CreateFunctionPage() {
  return (
    <div className="flex w-full max-w-300 flex-col gap-5 p-4 md:p-6">
      <PageHeader title="Create function" />
      <CreateFunction blueprints={await readBlueprints()} />
    </div>
  );
}
