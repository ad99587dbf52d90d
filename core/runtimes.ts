import type { Runtime } from '@aws-sdk/client-lambda';
import { ServiceError } from './errors.ts';

/** `supported`: Hearth runs it. `missing`: Lambda runs it, Hearth does not yet. `retired`: nobody does any more. */
type Support = 'supported' | 'missing' | 'retired';

/** Every runtime that Lambda has ever named; the AWS SDK's type makes sure that none is forgotten. */
const support = {
  'nodejs24.x': 'supported',
  'nodejs22.x': 'supported',
  'nodejs26.x': 'missing',
  'nodejs20.x': 'missing',
  'nodejs18.x': 'retired',
  'nodejs16.x': 'retired',
  'nodejs14.x': 'retired',
  'nodejs12.x': 'retired',
  'nodejs10.x': 'retired',
  'nodejs8.10': 'retired',
  'nodejs6.10': 'retired',
  'nodejs4.3': 'retired',
  'nodejs4.3-edge': 'retired',
  nodejs: 'retired',
  'python3.15': 'supported',
  'python3.14': 'supported',
  'python3.13': 'supported',
  'python3.12': 'supported',
  'python3.11': 'supported',
  'python3.10': 'supported',
  'python3.9': 'retired',
  'python3.8': 'retired',
  'python3.7': 'retired',
  'python3.6': 'retired',
  'python2.7': 'retired',
  java25: 'supported',
  java21: 'supported',
  java17: 'supported',
  'java17.al2023': 'missing',
  java11: 'missing',
  'java11.al2023': 'missing',
  'java8.al2023': 'missing',
  'java8.al2': 'missing',
  java8: 'retired',
  dotnet10: 'missing',
  dotnet8: 'missing',
  dotnet6: 'retired',
  'dotnetcore3.1': 'retired',
  'dotnetcore2.1': 'retired',
  'dotnetcore2.0': 'retired',
  'dotnetcore1.0': 'retired',
  'ruby4.0': 'supported',
  'ruby3.4': 'supported',
  'ruby3.3': 'supported',
  'ruby3.2': 'retired',
  'ruby2.7': 'retired',
  'ruby2.5': 'retired',
  'go1.x': 'retired',
  'provided.al2023': 'supported',
  'provided.al2': 'supported',
  provided: 'retired',
} as const satisfies Record<Runtime, Support>;

/** The names of all runtimes, those that nobody runs any more included. */
export const runtimeNames = Object.keys(support) as Runtime[];

/** @throws ServiceError InvalidParameterValueException when a function cannot have that runtime. */
export function checkRuntime(runtime: string): asserts runtime is Runtime {
  const known = new Map<string, Support>(Object.entries(support)).get(runtime);
  if (known === 'supported') return;
  throw new ServiceError('InvalidParameterValueException', refusal(runtime, known));
}

function refusal(runtime: string, known: Support | undefined): string {
  if (known === 'retired') {
    return (
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. ` +
      'We recommend you use a supported runtime while creating or updating functions.'
    );
  }
  if (known === 'missing') {
    return `Hearth does not support the runtime ${runtime} yet. It supports ${named('supported').join(', ')}.`;
  }
  const values = [...named('supported'), ...named('missing')].join(', ');
  return (
    `Value ${runtime} at 'runtime' failed to satisfy constraint: ` +
    `Member must satisfy enum value set: [${values}] or be a valid ARN`
  );
}

function named(wanted: Support): Runtime[] {
  return runtimeNames.filter((runtime) => support[runtime] === wanted);
}
