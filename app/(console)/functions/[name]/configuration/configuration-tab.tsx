import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { EnvironmentCard } from './environment-card.tsx';
import { GeneralCard } from './general-card.tsx';

/** The settings of a function, in cards that are saved one by one. */
export function ConfigurationTab({ configuration }: { configuration: FunctionConfiguration }) {
  const { MemorySize, Timeout, EphemeralStorage, Handler, Runtime, Description, Environment } = configuration;
  // A card begins anew when what it shows changes on the server, and only then.
  const general = JSON.stringify([MemorySize, Timeout, EphemeralStorage, Handler, Runtime, Description]);
  return (
    <div className="flex w-full max-w-220 flex-col gap-5 p-4 md:p-6">
      <GeneralCard key={general} configuration={configuration} />
      <EnvironmentCard key={JSON.stringify(Environment)} configuration={configuration} />
    </div>
  );
}
