import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hearth, startHearth } from '../harness/hearth.ts';
import { awsError, createFunction, invoke, lambdaClient, zipOf } from './client.ts';

let hearth: Hearth;
let client: LambdaClient;

beforeAll(async () => {
  hearth = await startHearth();
  client = lambdaClient(hearth);
});
afterAll(() => hearth?.stop());

test('the log tail shows START, what was logged, END and REPORT of this invocation', async () => {
  await createFunction(
    client,
    'talkative',
    `console.log('loaded');
    export const handler = async (event) => { console.log('one', { two: 2 }); process.stdout.write('raw\\n'); };`,
  );
  const { log, $metadata, ExecutedVersion, answer } = await invoke(
    client,
    'talkative',
    {},
    { LogType: 'Tail' },
  );
  const id = $metadata.requestId ?? '';
  expect(answer).toBeNull();
  expect(ExecutedVersion).toBe('$LATEST');
  const lines = log.split('\n');
  expect(lines).toContain(`START RequestId: ${id} Version: $LATEST`);
  expect(lines).toContain('raw');
  expect(lines).toContain(`END RequestId: ${id}`);
  expect(log).toMatch(new RegExp(`\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\\t${id}\\tINFO\\tone \\{ two: 2 \\}\\n`));
  const report = (more: string) =>
    new RegExp(
      `^REPORT RequestId: ${id}\\tDuration: \\d+\\.\\d\\d ms\\tBilled Duration: \\d+ ms\\tMemory Size: 128 MB\\tMax Memory Used: \\d+ MB\\t${more}`,
      'm',
    );
  expect(log).toMatch(report('Init Duration: \\d+\\.\\d\\d ms\\t'));

  const warm = await invoke(client, 'talkative', {}, { LogType: 'Tail' });
  expect(warm.log).not.toContain('Init Duration');
  expect(warm.log).not.toContain('loaded');
  expect((await invoke(client, 'talkative')).LogResult).toBeUndefined();
});

test('of a long log the tail is the last 4 KB', async () => {
  await createFunction(
    client,
    'long-winded',
    `export const handler = async () => { for (let i = 0; i < 500; i++) console.log('line ' + i); };`,
  );
  const { log } = await invoke(client, 'long-winded', {}, { LogType: 'Tail' });
  expect(Buffer.byteLength(log)).toBe(4096);
  expect(log).toContain('line 499');
  expect(log).toContain('REPORT RequestId');
  expect(log).not.toContain('line 400\n');
});

test('a thrown error comes back as Lambda reports it', async () => {
  await createFunction(
    client,
    'thrower',
    `export const handler = async () => { throw new RangeError('no such floor'); };`,
  );
  const { StatusCode, FunctionError, answer, log } = await invoke(client, 'thrower', {}, { LogType: 'Tail' });
  expect({ StatusCode, FunctionError }).toEqual({ StatusCode: 200, FunctionError: 'Unhandled' });
  expect(answer).toMatchObject({ errorType: 'RangeError', errorMessage: 'no such floor' });
  const [first, second] = (answer as { trace: string[] }).trace;
  expect(first).toBe('RangeError: no such floor');
  expect(second).toMatch(/^ {4}at .*file:\/\/\/var\/task\/index\.mjs:1:/);
  expect(log).toContain('ERROR\tInvoke Error \t{"errorType":"RangeError"');
});

test.each([
  ['a missing module', `require('not-there');`, 'cjs', 'Runtime.ImportModuleError'],
  // As on Lambda, whose runtime knows only the error of `require`.
  ['a missing ES module', `import 'not-there';`, 'mjs', 'Error'],
  ['a syntax error', `export const handler = (;`, 'mjs', 'Runtime.UserCodeSyntaxError'],
  ['a missing export', `export const other = () => 1;`, 'mjs', 'Runtime.HandlerNotFound'],
])(
  '%s is an error of every invocation, not of the deployment',
  async (what, source, extension, errorType) => {
    const name = what.replaceAll(' ', '-');
    await createFunction(client, name, '', { Code: { ZipFile: zipOf({ [`index.${extension}`]: source }) } });
    for (const _ of ['first', 'second']) {
      const { FunctionError, answer } = await invoke(client, name);
      expect(FunctionError).toBe('Unhandled');
      expect(answer).toMatchObject({ errorType });
    }
  },
);

test('a function that takes too long is ended, and the next invocation gets a new environment', async () => {
  await createFunction(
    client,
    'sleeper',
    `let calls = 0;
    export const handler = (event) => ++calls && (event.sleep ? new Promise((r) => setTimeout(r, 60_000)) : calls);`,
    { Timeout: 1 },
  );
  const { answer, FunctionError, $metadata, log } = await invoke(
    client,
    'sleeper',
    { sleep: true },
    { LogType: 'Tail' },
  );
  expect(FunctionError).toBe('Unhandled');
  expect(answer).toEqual({
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${$metadata.requestId} Error: Task timed out after 1.00 seconds`,
  });
  expect(log).toContain('Task timed out after 1.00 seconds');
  expect((await invoke(client, 'sleeper')).answer).toBe(1);
});

test('a function that exits is an error, and the next invocation gets a new environment', async () => {
  await createFunction(
    client,
    'leaver',
    `export const handler = async (event) => { if (event.leave) process.exit(3); return 'still here'; };`,
  );
  const { answer, $metadata } = await invoke(client, 'leaver', { leave: true });
  expect(answer).toEqual({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${$metadata.requestId} Error: Runtime exited with error: exit status 3`,
  });
  expect((await invoke(client, 'leaver')).answer).toBe('still here');
});

test('the context tells the function what it is and who called', async () => {
  await createFunction(
    client,
    'curious',
    `export const handler = async (event, context) => ({
      ...context, remaining: context.getRemainingTimeInMillis(), trace: process.env._X_AMZN_TRACE_ID });`,
    { MemorySize: 256, Timeout: 30 },
  );
  const clientContext = { client: { app_title: 'e2e' }, Custom: { colour: 'ember' } };
  const { answer, $metadata } = await invoke(
    client,
    'curious',
    {},
    {
      ClientContext: Buffer.from(JSON.stringify(clientContext)).toString('base64'),
      Qualifier: '$LATEST',
    },
  );
  expect(answer).toMatchObject({
    awsRequestId: $metadata.requestId,
    functionName: 'curious',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:curious:$LATEST',
    memoryLimitInMB: '256',
    logGroupName: '/aws/lambda/curious',
    logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    clientContext,
    trace: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=[01]$/),
  });
  expect((answer as { remaining: number }).remaining).toBeGreaterThan(20_000);
  expect((answer as { remaining: number }).remaining).toBeLessThanOrEqual(30_000);
});

test('warm invocations share an environment, concurrent ones do not', async () => {
  await createFunction(
    client,
    'counter',
    `const id = Math.random(); let calls = 0;
    export const handler = async () => { calls++; await new Promise((r) => setTimeout(r, 300)); return { id, calls }; };`,
  );
  const first = await invoke(client, 'counter');
  const second = await invoke(client, 'counter');
  expect(second.answer).toEqual({ id: (first.answer as { id: number }).id, calls: 2 });
  const together = await Promise.all(Array.from({ length: 5 }, () => invoke(client, 'counter')));
  expect(new Set(together.map(({ answer }) => (answer as { id: number }).id)).size).toBe(5);
});

test('DryRun checks and does not run', async () => {
  await createFunction(client, 'rehearsed', `export const handler = () => { throw new Error('ran'); };`);
  const { StatusCode, Payload } = await client.send(
    new InvokeCommand({ FunctionName: 'rehearsed', InvocationType: 'DryRun' }),
  );
  expect(StatusCode).toBe(204);
  expect(Payload?.length ?? 0).toBe(0);
  await expect(
    client.send(new InvokeCommand({ FunctionName: 'nobody', InvocationType: 'DryRun' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('what is not JSON never reaches the function', async () => {
  await createFunction(client, 'picky', `export const handler = (event) => event;`);
  for (const Payload of [Buffer.from('{"a":'), Buffer.from([0x22, 0xff, 0x22])]) {
    await expect(client.send(new InvokeCommand({ FunctionName: 'picky', Payload }))).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
      message: expect.stringMatching(
        /^Could not parse request body into json: Could not parse payload into json: /,
      ),
      $metadata: { httpStatusCode: 400 },
    });
  }
  const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'picky' }));
  expect(Buffer.from(Payload ?? []).toString()).toBe('{}');
});

test('events and answers may have 6 MB, and not one byte more', async () => {
  await createFunction(
    client,
    'heavy',
    `export const handler = async (event) => event.answer ? 'x'.repeat(event.answer - 2) : event.length;`,
    { MemorySize: 512, Timeout: 30 },
  );
  const event = (bytes: number) => Buffer.from(JSON.stringify('x'.repeat(bytes - 2)));
  const largest = 6_291_456;
  const echoed = await client.send(new InvokeCommand({ FunctionName: 'heavy', Payload: event(largest) }));
  expect(Buffer.from(echoed.Payload ?? []).toString()).toBe(String(largest - 2));
  await expect(
    client.send(new InvokeCommand({ FunctionName: 'heavy', Payload: event(largest + 1) })),
  ).rejects.toEqual(
    awsError(
      'RequestTooLargeException',
      413,
      '6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)',
    ),
  );

  const answered = await client.send(
    new InvokeCommand({ FunctionName: 'heavy', Payload: JSON.stringify({ answer: 6_291_556 }) }),
  );
  expect(answered.Payload?.length).toBe(6_291_556);
  const { answer, FunctionError } = await invoke(client, 'heavy', { answer: 6_291_557 });
  expect(FunctionError).toBe('Unhandled');
  expect(answer).toEqual({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
  });
});

test('CommonJS, nested handler paths and packages in node_modules work on both runtimes', async () => {
  const ZipFile = zipOf({
    'src/api/orders.js': `const { shout } = require('shout'); exports.on = { create: async () => shout(process.version) };`,
    'node_modules/shout/package.json': '{"name":"shout","main":"lib/index.js"}',
    'node_modules/shout/lib/index.js': `exports.shout = (text) => text + '!';`,
  });
  for (const [Runtime, version] of [
    ['nodejs22.x', /^v22\..*!$/],
    ['nodejs24.x', /^v24\..*!$/],
  ] as const) {
    const name = `nested-${Runtime.replace('.', '-')}`;
    await createFunction(client, name, '', {
      Runtime,
      Handler: 'src/api/orders.on.create',
      Code: { ZipFile },
    });
    expect((await invoke(client, name)).answer).toMatch(version);
  }
});

test('callback handlers work on nodejs22.x and are refused by nodejs24.x', async () => {
  const source = `export const handler = (event, context, callback) => { setTimeout(() => callback(null, 'late'), 20); };`;
  await createFunction(client, 'callback-22', source, { Runtime: 'nodejs22.x' });
  expect((await invoke(client, 'callback-22')).answer).toBe('late');
  await createFunction(client, 'callback-24', source);
  expect((await invoke(client, 'callback-24')).answer).toMatchObject({
    errorType: 'Runtime.CallbackHandlerDeprecated',
  });
});

test('an environment between two invocations stands still', async () => {
  await createFunction(
    client,
    'ticker',
    `let ticks = 0; setInterval(() => ticks++, 1);
    export const handler = async () => ticks;`,
  );
  await invoke(client, 'ticker');
  const { answer: before } = await invoke(client, 'ticker');
  await new Promise((resolve) => setTimeout(resolve, 500));
  const { answer: after } = await invoke(client, 'ticker');
  expect(Number(after) - Number(before)).toBeLessThan(20);
});
