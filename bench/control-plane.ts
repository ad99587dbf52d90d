import {
  DeleteFunctionCommand,
  GetFunctionCommand,
  type LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { startHearth } from '../e2e/harness/hearth.ts';
import { createFunction, sdk } from './client.ts';
import { medianOf, milliseconds, type Row } from './row.ts';

const few = 10;
const many = 10_000;
const runs = 51;

/** What the control plane takes for one request of each kind, in milliseconds, seen by the SDK. */
interface Figures {
  create: number;
  get: number;
  firstPage: number;
  lastPage: number;
}

/** Rows 11 to 14: requests of the control plane with 10,000 functions ÷ the same with 10. */
export async function controlPlane(): Promise<Row[]> {
  const hearth = await startHearth();
  try {
    const client = sdk(hearth);
    await addFunctions(client, 0, few);
    // The first requests of a server are slower than all that follow.
    await measure(client);
    const before = await measure(client);
    await addFunctions(client, few, many);
    const after = await measure(client);
    const row = (number: number, what: string, figure: keyof Figures): Row => ({
      number,
      what: `${what} with 10,000 functions ÷ with 10`,
      hearth: milliseconds(after[figure]),
      beside: milliseconds(before[figure]),
      ratio: after[figure] / before[figure],
      bar: '≤ 1.5',
      stretch: '≤ 1.1',
    });
    return [
      row(11, 'CreateFunction until active', 'create'),
      row(12, 'GetFunction', 'get'),
      row(13, 'ListFunctions, first page of 10', 'firstPage'),
      row(14, 'ListFunctions, last page of 10', 'lastPage'),
    ];
  } finally {
    await hearth.stop();
  }
}

async function addFunctions(client: LambdaClient, from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += 20) {
    const batch = Array.from({ length: Math.min(20, to - first) }, (_, i) => nameOf(first + i));
    await Promise.all(batch.map((name) => createFunction(client, name)));
  }
}

async function measure(client: LambdaClient): Promise<Figures> {
  const marker = await lastMarker(client);
  const created = Array.from({ length: runs }, (_, i) => `new-${i}`);
  const names = created.values();
  const figures = {
    create: await timedMedian(() => createFunction(client, names.next().value ?? '')),
    get: await timedMedian(() => client.send(new GetFunctionCommand({ FunctionName: nameOf(few - 1) }))),
    firstPage: await timedMedian(() => client.send(new ListFunctionsCommand({ MaxItems: 10 }))),
    lastPage: await timedMedian(() =>
      client.send(new ListFunctionsCommand({ MaxItems: 10, Marker: marker })),
    ),
  };
  for (const FunctionName of created) await client.send(new DeleteFunctionCommand({ FunctionName }));
  return figures;
}

/** Where the last ten functions begin; undefined when there are no more. */
async function lastMarker(client: LambdaClient): Promise<string | undefined> {
  const markers: (string | undefined)[] = [undefined];
  for (;;) {
    const Marker = markers.at(-1);
    const { NextMarker } = await client.send(new ListFunctionsCommand({ MaxItems: 10, Marker }));
    if (!NextMarker) return Marker;
    markers.push(NextMarker);
  }
}

function timedMedian(work: () => Promise<unknown>): Promise<number> {
  return medianOf(runs, async () => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  });
}

function nameOf(index: number): string {
  return `function-${String(index).padStart(5, '0')}`;
}
