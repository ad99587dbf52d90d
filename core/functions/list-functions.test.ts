import type { ListFunctionsResponse } from '@aws-sdk/client-lambda';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Core } from '../core.ts';
import { caller, createRequest, openTestCore } from '../test-core.ts';
import { createFunction } from './create-function.ts';
import { listFunctions } from './list-functions.ts';

async function openWithFunctions(names: string[]): Promise<Core> {
  const core = await openTestCore();
  for (const name of names) await createFunction(core, caller, createRequest(name));
  await core.functions.idle();
  return core;
}

async function allPages(core: Core, request: object): Promise<ListFunctionsResponse[]> {
  const pages: ListFunctionsResponse[] = [];
  let Marker: string | undefined;
  do {
    const page = await listFunctions(core, caller, { ...request, Marker });
    pages.push(page);
    Marker = page.NextMarker;
  } while (Marker);
  return pages;
}

const numbered = Array.from({ length: 53 }, (_, i) => `f${String(i).padStart(3, '0')}`);

test('pages of any size hold every function once, in order', async () => {
  const core = await openWithFunctions(numbered);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 10_000 }), async (MaxItems) => {
      const pages = await allPages(core, { MaxItems: String(MaxItems) });
      const names = pages.flatMap(({ Functions = [] }) => Functions.map(({ FunctionName }) => FunctionName));
      expect(names).toEqual(numbered);
      for (const page of pages.slice(0, -1)) expect(page.Functions).toHaveLength(Math.min(MaxItems, 50));
    }),
    { numRuns: 20 },
  );
});

test('a page goes on after a function that was deleted meanwhile', async () => {
  const core = await openWithFunctions(['a', 'b', 'c']);
  const { NextMarker: Marker } = await listFunctions(core, caller, { MaxItems: 2 });
  await core.db.function.deleteMany({ where: { name: 'b' } });
  const { Functions } = await listFunctions(core, caller, { Marker });
  expect(Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['c']);
});

test('lists leave out states and runtime versions, and name versions only with FunctionVersion ALL', async () => {
  const core = await openWithFunctions(['hello']);
  const [plain] = (await listFunctions(core, caller, {})).Functions ?? [];
  expect(plain).toMatchObject({ FunctionName: 'hello', Version: '$LATEST', RevisionId: expect.any(String) });
  expect(Object.keys(plain ?? {})).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(State|LastUpdateStatus|RuntimeVersionConfig)/)]),
  );
  expect(plain?.FunctionArn).toBe('arn:aws:lambda:us-east-1:111122223333:function:hello');
  const [qualified] = (await listFunctions(core, caller, { FunctionVersion: 'ALL' })).Functions ?? [];
  expect(qualified?.FunctionArn).toBe('arn:aws:lambda:us-east-1:111122223333:function:hello:$LATEST');
});

test('shows nothing of other accounts and regions', async () => {
  const core = await openWithFunctions(['hello']);
  for (const other of [{ accountId: '999999999999' }, { region: 'eu-west-1' }]) {
    expect(await listFunctions(core, { ...caller, ...other }, {})).toEqual({ Functions: [] });
  }
});

test('a marker that Hearth did not make is refused', async () => {
  const core = await openTestCore();
  await expect(listFunctions(core, caller, { Marker: 'bogus' })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
  });
});

test('MaxItems below 1 is refused', async () => {
  const core = await openTestCore();
  await expect(listFunctions(core, caller, { MaxItems: '0' })).rejects.toMatchObject({
    code: 'ValidationException',
  });
});
