import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  CreateFunctionCommand,
  type LambdaClient,
  paginateListFunctions,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { descendantsOf, startHearth } from '../harness/hearth.ts';
import { createFunction, functionInput, invoke, lambdaClient, zipOf } from './client.ts';
import { runningProcesses, whenEnded } from './processes.ts';

const rounds = 5;
const clientsAtOnce = 4;
/** Acknowledged writes before the plug is pulled; more requests are on their way at that moment. */
const writesPerRound = 11;

const dataDirectory = mkdtempSync(path.join(os.tmpdir(), 'hearth-crash-'));
afterAll(() => rmSync(dataDirectory, { recursive: true, force: true }));

/** What the clients know of a function: the code they got an answer for, and the code they asked for since. */
interface Known {
  acknowledged: number | undefined;
  asked: number[];
}

/** Every write has code of its own, which answers with its number. */
function codeOf(write: number): Uint8Array {
  return zipOf({ 'index.mjs': `export const handler = async () => ${write};` });
}

function hashOf(write: number): string {
  return createHash('sha256').update(codeOf(write)).digest('base64');
}

test('what was acknowledged survives kill -9, and every listed function runs', {
  timeout: 240_000,
}, async () => {
  const known = new Map<string, Known>();
  let nextWrite = 0;
  for (let round = 0; round <= rounds; round++) {
    const hearth = await startHearth({ dataDirectory });
    onTestFinished(() => hearth.kill());
    const client = lambdaClient(hearth);
    await expectEverything(client, known);
    if (round === rounds) {
      await hearth.stop();
      break;
    }
    let acknowledged = 0;
    let killed: Promise<void> | undefined;
    const write = async () => {
      while (!killed) {
        const number = nextWrite++;
        // A new function, then a change of one that is a few writes old.
        const name = `f-${number % 2 === 0 || number < 9 ? number : number - 9}`;
        const state = known.get(name) ?? { acknowledged: undefined, asked: [] };
        known.set(name, state);
        state.asked.push(number);
        try {
          await (state.asked.length > 1
            ? client.send(new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile: codeOf(number) }))
            : client.send(
                new CreateFunctionCommand({ ...functionInput(name, ''), Code: { ZipFile: codeOf(number) } }),
              ));
        } catch (error) {
          // The function may not exist yet when its creation is still on its way, or the server is gone.
          if (!killed && (error as Error).name !== 'ResourceNotFoundException') throw error;
          continue;
        }
        state.acknowledged = number;
        acknowledged += 1;
        if (acknowledged === writesPerRound) killed = hearth.kill();
      }
    };
    await Promise.all(Array.from({ length: clientsAtOnce }, write));
    await killed;
  }
  expect(known.size).toBeGreaterThan(rounds * 4);
});

async function expectEverything(client: LambdaClient, known: Map<string, Known>): Promise<void> {
  const listed = new Map<string, string>();
  for await (const page of paginateListFunctions({ client }, {})) {
    for (const { FunctionName = '', CodeSha256 = '' } of page.Functions ?? [])
      listed.set(FunctionName, CodeSha256);
  }
  for (const [name, { acknowledged, asked }] of known) {
    const hash = listed.get(name);
    if (acknowledged === undefined && hash === undefined) {
      known.delete(name);
      continue;
    }
    // Of writes on their way at the moment of the kill, either outcome is right; of acknowledged ones only one.
    const possible = asked.filter((write) => write >= (acknowledged ?? 0));
    expect(possible.map(hashOf), `${name} after the crash`).toContain(hash);
    const actual = possible.find((write) => hashOf(write) === hash);
    known.set(name, { acknowledged: actual, asked: [actual ?? 0] });
  }
  expect([...listed.keys()].sort()).toEqual([...known.keys()].sort());
  for (const [name, { acknowledged }] of known) {
    expect((await invoke(client, name)).answer, name).toBe(acknowledged);
  }
}

test('kill -9 of the worker leaves no execution environment behind', async () => {
  const hearth = await startHearth();
  onTestFinished(async () => {
    await hearth.kill();
    rmSync(hearth.dataDirectory, { recursive: true, force: true });
  });
  const client = lambdaClient(hearth);
  await createFunction(client, 'orphan', 'export const handler = async () => 1;');
  await invoke(client, 'orphan');
  const processes = runningProcesses(descendantsOf(hearth.pid));
  const worker = processes.find(({ command }) => command.includes('worker/main.ts'));
  expect(worker).toBeDefined();
  expect(processes.length).toBeGreaterThan(1);
  process.kill(worker?.pid ?? hearth.pid, 'SIGKILL');
  await whenEnded(processes);
});
