import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useMe } from '../../../components/api/session.ts';
import { CodeBlock } from '../../../components/ui/code-block.tsx';

export interface BlueprintSummary {
  id: string;
  title: string;
  description: string;
}

/** What to do while there is no function. */
export function FunctionsEmpty({
  endpoint,
  blueprints,
}: {
  endpoint: string;
  blueprints: readonly BlueprintSummary[];
}) {
  const { data: me } = useMe();
  return (
    <div className="grid gap-x-8 gap-y-6 rounded border bg-surface p-5 md:p-8 lg:grid-cols-2">
      <section className="min-w-0">
        <h2 className="font-semibold text-lg">Write your first function</h2>
        <p className="mt-1 text-ink-2">
          Start from one that runs as it is, change it in the browser, and press Deploy.
        </p>
        <ul className="mt-4 flex flex-col divide-y rounded border">
          {blueprints.map(({ id, title, description }) => (
            <li key={id}>
              <Link
                href={`/functions/create?blueprint=${id}`}
                className="group flex items-center gap-3 px-4 py-2.5 hover:bg-hover focus-visible:-outline-offset-2"
              >
                <span className="min-w-0 flex-1">
                  <span className="block font-medium text-sm">{title}</span>
                  <span className="block text-ink-3 text-xs">{description}</span>
                </span>
                <ArrowRight className="size-4 shrink-0 text-ink-3 group-hover:text-accent-text" aria-hidden />
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <section className="min-w-0">
        <h2 className="font-semibold text-lg">Or use the AWS CLI</h2>
        <p className="mt-1 mb-4 text-ink-2">
          Hearth speaks Lambda’s own API.{' '}
          <Link href="/settings" className="text-accent-text underline underline-offset-2">
            Settings
          </Link>{' '}
          shows how to point your tools at it.
        </p>
        <CodeBlock label="commands" code={cliLines(endpoint, me?.accountId ?? '000000000000')} />
      </section>
    </div>
  );
}

function cliLines(endpoint: string, accountId: string): string {
  return `alias hearth='aws --endpoint-url ${endpoint}'
echo 'export const handler = async (event) => event;' > index.mjs
zip hello.zip index.mjs
hearth lambda create-function --function-name hello \\
  --runtime nodejs24.x --handler index.handler \\
  --role arn:aws:iam::${accountId}:role/hello \\
  --zip-file fileb://hello.zip`;
}
