import fc from 'fast-check';
import { expect, test } from 'vitest';
import { operations } from './lambda/operations.ts';
import { createFunction, startTestApi } from './test-api.ts';

const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '__proto__',
    '$LATEST',
    'hello',
    '..',
    'arn:aws:lambda:us-east-1:000000000000:function:hello',
  ),
);
const body = fc.oneof(
  fc.json(),
  fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
  fc
    .dictionary(
      fc.constantFrom(
        'FunctionName',
        'Role',
        'Code',
        'Runtime',
        'Handler',
        'Environment',
        'Timeout',
        'Tags',
        '__proto__',
      ),
      fc.jsonValue(),
    )
    .map((value) => JSON.stringify(value)),
);
const header = fc.constantFrom(
  'x-amz-invocation-type',
  'x-amz-log-type',
  'x-amz-client-context',
  'content-type',
  'x-amzn-trace-id',
);
const request = fc.record({
  operation: fc.oneof(
    fc.constantFrom(...operations),
    fc.constantFrom(...operations.filter(({ action }) => action)),
  ),
  parameter: oddText,
  query: fc.dictionary(fc.constantFrom('Qualifier', 'Marker', 'MaxItems', 'List', 'find'), oddText, {
    maxKeys: 2,
  }),
  headers: fc.dictionary(header, fc.stringMatching(/^[!-~]{0,20}$/), { maxKeys: 2, noNullPrototype: true }),
  body,
});

test('whatever is asked is answered, and never by an internal error', async () => {
  const server = await startTestApi();
  await createFunction(server, 'hello');
  await fc.assert(
    fc.asyncProperty(request, async ({ operation, parameter, query, headers, body }) => {
      const path = (operation.path.split('?')[0] ?? '').replace(/\{\w+\}/g, () => encode(parameter));
      const search = new URLSearchParams(query).toString().replaceAll('+', '%20');
      const { method } = operation;
      const answer = await server.sendSigned(search ? `${path}?${search}` : path, {
        method,
        headers,
        body: method === 'GET' ? undefined : body,
      });
      expect(answer.status).not.toBe(500);
      expect(answer.headers['x-amzn-requestid']).toBeDefined();
    }),
    { numRuns: 500 },
  );
  expect(server.log).toEqual([]);
});

/** Lone surrogates have no encoding. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
