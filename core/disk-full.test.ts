import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { written } from './disk-full.ts';
import { createFunction } from './functions/create-function.ts';
import { deleteFunction } from './functions/delete-function.ts';
import { listFunctions } from './functions/list-functions.ts';
import { caller, createRequest, openTestCore } from './test-core.ts';

const refusal = {
  code: 'CodeStorageExceededException',
  message: 'The disk that Hearth keeps its data on is full. Nothing was changed; make room and try again.',
};

test('a file that does not fit is refused in words', async () => {
  await expect(written(writeFile('/dev/full', 'x'))).rejects.toMatchObject(refusal);
});

test('any other error stays what it is', async () => {
  await expect(written(writeFile('/dev/null/x', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test('a registry without room refuses what is new, keeps what it has, and goes on when there is room', async () => {
  const core = await openTestCore();
  await createFunction(core, caller, createRequest('kept'));
  await core.functions.idle();
  const [pages] = await core.db.$queryRaw<{ page_count: bigint }[]>`PRAGMA page_count`;
  await core.db.$queryRawUnsafe(`PRAGMA max_page_count = ${pages?.page_count}`);
  const description = 'x'.repeat(256);
  const fill = async () => {
    for (let i = 0; i < 100; i += 1) {
      await createFunction(core, caller, { ...createRequest(`f${i}`), Description: description });
      await core.functions.idle();
    }
  };
  await expect(fill()).rejects.toMatchObject(refusal);
  const names = async () =>
    (await listFunctions(core, caller, {})).Functions?.map(({ FunctionName }) => FunctionName);
  const before = await names();
  expect(before).toContain('kept');
  await deleteFunction(core, caller, { FunctionName: 'kept' });
  await core.db.$queryRaw`PRAGMA max_page_count = 1000000`;
  await createFunction(core, caller, createRequest('kept'));
  expect(await names()).toEqual(before);
});
