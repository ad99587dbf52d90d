'use client';
import { parseAsString, useQueryState } from 'nuqs';
import { useMe } from '../../../components/api/session.ts';
import { Card, CardHeader } from '../../../components/ui/card.tsx';
import { CodeBlock } from '../../../components/ui/code-block.tsx';
import { CopyButton } from '../../../components/ui/copy-button.tsx';
import { Tab, TabList, TabPanel, Tabs } from '../../../components/ui/tabs.tsx';
import { endpointSetUps } from './endpoint-set-up.ts';

/** Where the API is, and how clients are pointed at it. */
export function EndpointsCard({ endpoint }: { endpoint: string }) {
  const { data: me } = useMe();
  const [client, setClient] = useQueryState('client', parseAsString.withDefault('cli'));
  const setUps = endpointSetUps(endpoint, me?.region ?? 'us-east-1', me?.accountId ?? '000000000000');
  const shown = setUps.some(({ id }) => id === client) ? client : 'cli';
  return (
    <Card aria-label="Endpoints">
      <CardHeader
        title="Endpoints"
        description="AWS clients work with Hearth as they do with Lambda, once they know its address."
      />
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-6 gap-y-1 px-4 py-3 text-sm">
        <dt className="text-ink-3">API</dt>
        <dd className="flex min-w-0 items-center gap-1 font-mono text-xs">
          <span className="truncate">{endpoint}</span>
          <CopyButton text={endpoint} label="Copy endpoint" />
        </dd>
        <dt className="text-ink-3">Region</dt>
        <dd className="font-mono text-xs">{me?.region}</dd>
        <dt className="text-ink-3">Access key</dt>
        <dd className="text-ink-2">
          The root key pair is in the file that Hearth names under “AWS clients” when it starts.
        </dd>
      </dl>
      <Tabs value={shown} onValueChange={(next) => void setClient(next)}>
        <TabList aria-label="Client" className="overflow-x-auto border-y px-4">
          {setUps.map(({ id, label }) => (
            <Tab key={id} value={id}>
              {label}
            </Tab>
          ))}
        </TabList>
        {setUps.map(({ id, label, note, code }) => (
          <TabPanel key={id} value={id} tabIndex={-1} className="p-4 focus:outline-none">
            <p className="mb-3 text-ink-2 text-sm">{note}</p>
            <CodeBlock label={`set-up for ${label}`} code={code} />
          </TabPanel>
        ))}
      </Tabs>
    </Card>
  );
}
