import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { caller, createRequest, openTestCore } from '../test-core.ts';
import { createFunction } from './create-function.ts';
import { getFunction } from './get-function.ts';

test('a function is active by the time anybody asks, and its link leads to its package', async () => {
  const core = await openTestCore();
  const request = createRequest('hello');
  const created = await createFunction(core, caller, { ...request, Tags: { team: 'a' } });
  const { Configuration, Code, Tags } = await getFunction(core, caller, { FunctionName: 'hello' });
  const { StateReason, StateReasonCode, ...lasting } = created;
  expect(Configuration).toEqual({
    ...lasting,
    RevisionId: expect.not.stringMatching(String(created.RevisionId)),
    State: 'Active',
    LastUpdateStatus: 'Successful',
  });
  expect(Tags).toEqual({ team: 'a' });
  expect(Code?.RepositoryType).toBe('S3');
  const prefix = 'http://localhost:4566/hearth/code/';
  expect(Code?.Location?.startsWith(prefix)).toBe(true);
  const link = core.codeLinks.verify(Code?.Location?.slice(prefix.length) ?? '');
  const zip = await readFile(core.codeStore.zipFile(link?.codeSha256 ?? ''));
  expect(zip.toString('base64')).toBe(request.Code.ZipFile);
});

test('the ARN is qualified when the client qualified it, and tags are absent without any', async () => {
  const core = await openTestCore();
  const { FunctionArn } = await createFunction(core, caller, createRequest('hello'));
  for (const request of [
    { FunctionName: 'hello:$LATEST' },
    { FunctionName: 'hello', Qualifier: '$LATEST' },
    { FunctionName: FunctionArn, Qualifier: '$LATEST' },
  ]) {
    const answer = await getFunction(core, caller, request);
    expect(answer.Configuration?.FunctionArn).toBe(`${FunctionArn}:$LATEST`);
    expect(answer).not.toHaveProperty('Tags');
  }
});

test.each(['1', 'live', '$latest', '$LATEST.PUBLISHED'])(
  'there is no version or alias %s',
  async (Qualifier) => {
    const core = await openTestCore();
    await createFunction(core, caller, createRequest('hello'));
    await expect(getFunction(core, caller, { FunctionName: 'hello', Qualifier })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: `Function not found: arn:aws:lambda:us-east-1:111122223333:function:hello:${Qualifier}`,
    });
  },
);
