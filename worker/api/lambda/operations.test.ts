import * as sdk from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { operations } from './operations.ts';

interface SdkOperation {
  name: string;
  http: [method: string, path: string, status: number];
  queryMembers: string[];
}

/** Every operation as the model inside the AWS SDK has it. */
function operationsOfTheSdk(): SdkOperation[] {
  const commands = Object.entries(sdk).filter(([name]) => name !== '$Command' && name.endsWith('Command'));
  return commands.map(([, command]) => {
    const { schema } = new (command as new (input: object) => { schema: unknown[] })({});
    const [, , name, { http }, input] = schema as [
      number,
      string,
      string,
      { http: SdkOperation['http'] },
      () => unknown,
    ];
    const [, , , , , members] = (typeof input === 'function' ? input() : input) as unknown[];
    const traits = (members as unknown[]).map((member) => (Array.isArray(member) ? member[1] : undefined));
    return { name, http, queryMembers: traits.flatMap((trait) => trait?.httpQuery ?? []) };
  });
}

test('the table is the AWS SDK’s list of operations, with its methods, paths and statuses', () => {
  const expected = operationsOfTheSdk().map(({ name, http: [method, path, status] }) => {
    // AWS's model says 200 of DeleteFunction; its server answers 204.
    return [name, method, path, name === 'DeleteFunction' ? 204 : status];
  });
  const table = operations.map(({ name, method, path, status }) => [name, method, path, status]);
  expect(table.length).toBeGreaterThanOrEqual(85);
  expect(table).toEqual(expected.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)));
});

test('of the query string the supported operations read all that the AWS SDK writes there', () => {
  const written = new Map(operationsOfTheSdk().map(({ name, queryMembers }) => [name, queryMembers]));
  for (const { name, action, queryMembers } of operations) {
    if (action) expect([name, [...queryMembers].sort()]).toEqual([name, written.get(name)?.sort()]);
  }
});
