import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxProblem, TestEngine } from './test-engine.ts';

const problem = await sandboxProblem();
const runtimes = ['nodejs22.x', 'nodejs24.x'] as const;
const requestId = '11111111-2222-3333-4444-555555555555';
const timestamp = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z';

describe.skipIf(problem)(`functions in a sandbox (${problem ?? 'available'})`, () => {
  let host: TestEngine;
  beforeAll(async () => {
    host = await TestEngine.start();
  });
  afterAll(() => host[Symbol.asyncDispose]());

  describe.each(runtimes)('%s', (runtime) => {
    test('an async handler’s result is the payload, byte for byte', async () => {
      const files = 'export const handler = async (event) => ({ got: event, text: "ä€😀" });';
      const result = await host.run({ runtime, files }, { a: [1, null, 'x'] });
      expect(result).toMatchObject({
        functionError: undefined,
        payload: { got: { a: [1, null, 'x'] }, text: 'ä€😀' },
      });
    });

    test('no result is null, and an empty event is an empty object', async () => {
      const executable = host.deploy({
        runtime,
        files:
          'export const handler = async (e) => e.none === undefined && Object.keys(e).length === 0 ? undefined : 1;',
      });
      expect((await host.invoke(executable, Buffer.alloc(0))).payload).toBeNull();
    });

    test.each([
      ['CommonJS', { 'index.js': 'exports.handler = async () => 1;' }, 'index.handler'],
      ['.cjs', { 'index.cjs': 'exports.handler = async () => 1;' }, 'index.handler'],
      [
        'type module',
        { 'index.js': 'export const handler = async () => 1;', 'package.json': '{"type":"module"}' },
        'index.handler',
      ],
      ['a nested export', { 'index.js': 'exports.a = { b: async () => 1 };' }, 'index.a.b'],
      ['a file in a folder', { 'src/app.mjs': 'export const run = async () => 1;' }, 'src/app.run'],
      ['an absolute name', { 'app.mjs': 'export const run = async () => 1;' }, '/var/task/app.run'],
      [
        'a package in node_modules',
        {
          'index.mjs': 'import one from "one"; export const handler = async () => one;',
          'node_modules/one/package.json': '{"main":"one.js"}',
          'node_modules/one/one.js': 'module.exports = 1;',
        },
        'index.handler',
      ],
      [
        'top-level await',
        { 'index.mjs': 'const one = await Promise.resolve(1); export const handler = async () => one;' },
        'index.handler',
      ],
    ])('a handler is found in %s', async (_what, files, handler) => {
      expect(await host.run({ runtime, files, handler })).toMatchObject({
        payload: 1,
        functionError: undefined,
      });
    });

    test.each([
      [
        'Runtime.HandlerNotFound',
        'index.handler is undefined or not exported',
        'export const other = 1;',
        'index.handler',
      ],
      [
        'Runtime.HandlerNotFound',
        'index.handler is not a function',
        'export const handler = 1;',
        'index.handler',
      ],
      [
        'Runtime.MalformedHandlerName',
        "'../index.handler' is not a valid handler name. Use absolute paths when specifying root directories in handler names.",
        'export const handler = 1;',
        '../index.handler',
      ],
      ['Runtime.MalformedHandlerName', 'Bad handler', 'export const handler = 1;', 'handler'],
      [
        'Runtime.ImportModuleError',
        "Error: Cannot find module 'missing'\nRequire stack:\n- /var/runtime/index.mjs",
        '',
        'missing.handler',
      ],
      ['Runtime.UserCodeSyntaxError', "SyntaxError: Unexpected token ')'", 'export const )', 'index.handler'],
      ['RangeError', 'no', 'throw new RangeError("no");', 'index.handler'],
    ])('initialization fails with %s: %s', async (errorType, errorMessage, files, handler) => {
      const { payload, functionError, log } = await host.run({ runtime, files, handler });
      expect(functionError).toBe('Unhandled');
      expect(payload).toMatchObject({ errorType, errorMessage, trace: expect.any(Array) });
      const reported = errorType.startsWith('Runtime.') ? errorType : 'Runtime.Unknown';
      expect(log).toMatch(
        new RegExp(
          `^START [^]+\\tundefined\\tERROR\\tUncaught Exception \\t\\{"errorType":"${errorType}"[^]+` +
            `INIT_REPORT Init Duration: [\\d.]+ ms\\tPhase: invoke\\tStatus: error\\tError Type: ${reported}\\n` +
            `END [^]+\\tStatus: error\\tError Type: ${reported}\\n$`,
        ),
      );
    });

    test('a missing dependency of CommonJS code is named with its require stack', async () => {
      const result = await host.run({ runtime, files: { 'index.js': 'require("left-pad");' } });
      expect(result.payload).toMatchObject({
        errorType: 'Runtime.ImportModuleError',
        errorMessage:
          "Error: Cannot find module 'left-pad'\nRequire stack:\n- /var/task/index.js\n- /var/runtime/index.mjs",
      });
    });

    test('a thrown error is the result and a log line, and the environment lives on', async () => {
      const executable = host.deploy({
        runtime,
        files: `let calls = 0;
          class OrderError extends Error { name = 'OrderError'; code = 'E1'; }
          export const handler = async (event) => { calls++; if (event.fail) throw new OrderError('no'); return calls; };`,
      });
      const failed = await host.invoke(executable, { fail: true });
      expect(failed.functionError).toBe('Unhandled');
      expect(failed.payload).toEqual({
        errorType: 'OrderError',
        errorMessage: 'no',
        trace: [
          expect.stringMatching(/^(OrderError|Error): no$/),
          expect.stringContaining('/var/task/index.mjs:3'),
          ...anyLines(failed.payload),
        ],
      });
      expect(failed.log).toMatch(
        /\tERROR\tInvoke Error \t\{"errorType":"OrderError","errorMessage":"no","code":"E1","name":"OrderError","stack":\["/,
      );
      expect(failed.log).not.toContain('Status:');
      expect((await host.invoke(executable)).payload).toBe(2);
    });

    test.each([
      ['"text"', { errorType: 'string', errorMessage: 'text', trace: [] }],
      ['42', { errorType: 'number', errorMessage: '42', trace: [] }],
      ['{ a: 1 }', { errorType: 'object', errorMessage: '[object Object]', trace: [] }],
    ])('throwing %s is reported by its type', async (thrown, payload) => {
      const files = `export const handler = async () => { throw ${thrown}; };`;
      expect(await host.run({ runtime, files })).toMatchObject({ functionError: 'Unhandled', payload });
    });

    test('a result that has no JSON is an error', async () => {
      const files = 'export const handler = async () => 1n;';
      expect((await host.run({ runtime, files })).payload).toMatchObject({
        errorType: 'Error',
        errorMessage: 'Unable to stringify response body',
      });
    });

    test('an unhandled rejection is the result, and ends the environment', async () => {
      const executable = host.deploy({
        runtime,
        files: `let calls = 0;
          export const handler = async (event) => {
            if (++calls === 1) { Promise.reject(new Error('boom')); await new Promise((r) => setTimeout(r, 5000)); }
            return calls;
          };`,
      });
      const { payload, log } = await host.invoke(executable);
      expect(payload).toMatchObject({
        errorType: 'Runtime.UnhandledPromiseRejection',
        errorMessage: 'Error: boom',
      });
      expect(log).toContain(
        '\tERROR\tUnhandled Promise Rejection \t{"errorType":"Runtime.UnhandledPromiseRejection"',
      );
      expect(log).toMatch(/\tStatus: error\tError Type: Runtime.UnhandledPromiseRejection\n$/);
    });

    test('an uncaught exception is the result, and ends the environment', async () => {
      const files = `export const handler = async () => {
        setTimeout(() => { throw new TypeError('late'); });
        await new Promise((r) => setTimeout(r, 5000));
      };`;
      const { payload, log } = await host.run({ runtime, files });
      expect(payload).toMatchObject({ errorType: 'TypeError', errorMessage: 'late' });
      expect(log).toContain('\tERROR\tUncaught Exception \t{"errorType":"TypeError","errorMessage":"late"');
    });

    test.each([
      ['process.exit(0)', 'Runtime exited without providing a reason'],
      ['process.exit(127)', 'Runtime exited with error: exit status 127'],
      ['process.kill(process.pid, "SIGKILL")', 'Runtime exited with error: signal: killed'],
      ['process.abort()', 'Runtime exited with error: signal: aborted'],
    ])(
      '%s during an invocation is an exit error, and the next one starts anew',
      async (statement, reason) => {
        const executable = host.deploy({
          runtime,
          files: `let calls = 0; export const handler = async (e) => { calls++; if (e.exit) ${statement}; return calls; };`,
        });
        const { payload, functionError, log } = await host.invoke(executable, { exit: true }, { requestId });
        expect(functionError).toBe('Unhandled');
        expect(payload).toEqual({
          errorType: 'Runtime.ExitError',
          errorMessage: `RequestId: ${requestId} Error: ${reason}`,
        });
        expect(log).toMatch(/\tStatus: error\tError Type: Runtime.ExitError\n$/);
        expect((await host.invoke(executable)).payload).toBe(1);
      },
    );

    test('process.exit during initialization is an exit error', async () => {
      const { payload, log } = await host.run({
        runtime,
        files: 'process.exit(3); export const handler = 1;',
      });
      expect(payload).toMatchObject({
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/ Error: Runtime exited with error: exit status 3$/),
      });
      expect(log).toContain('Phase: invoke\tStatus: error\tError Type: Runtime.ExitError\n');
    });

    test('an event loop that drains before the promise is settled is an error', async () => {
      const files = 'export const handler = async () => { await new Promise(() => {}); };';
      expect((await host.run({ runtime, files })).payload).toMatchObject({ errorType: 'Runtime.NodeJsExit' });
    });

    test('a timeout ends the environment, with Lambda’s error and line', async () => {
      const executable = host.deploy({
        runtime,
        timeoutSeconds: 1,
        files: `let calls = 0; console.log('loading');
          export const handler = async (e) => { calls++; console.log('before'); if (e.hang) for (;;); return calls; };`,
      });
      const { payload, log } = await host.invoke(executable, { hang: true }, { requestId });
      expect(payload).toEqual({
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${requestId} Error: Task timed out after 1.00 seconds`,
      });
      expect(log).toMatch(
        new RegExp(
          `^START RequestId: ${requestId} Version: \\$LATEST\\n${timestamp}\\t${requestId}\\tINFO\\tbefore\\n` +
            `${timestamp} ${requestId} Task timed out after 1\\.00 seconds\\n\\nEND RequestId: ${requestId}\\n` +
            `REPORT RequestId: ${requestId}\\tDuration: 1000\\.00 ms\\tBilled Duration: \\d+ ms\\tMemory Size: 512 MB\\t` +
            'Max Memory Used: \\d+ MB\\tInit Duration: [\\d.]+ ms\\tStatus: timeout\\n$',
        ),
      );
      expect((await host.invoke(executable)).payload).toBe(1);
    });

    test('a response over 6 MB is an error, and the environment lives on', async () => {
      const executable = host.deploy({
        runtime,
        files: `let calls = 0;
          export const handler = async (e) => { calls++; return e.bytes ? 'x'.repeat(e.bytes) : calls; };`,
      });
      const largest = await host.invoke(executable, { bytes: 6_291_556 - 2 });
      expect(largest.payload).toHaveLength(6_291_554);
      const { payload, functionError } = await host.invoke(executable, { bytes: 6_291_556 - 1 });
      expect(functionError).toBe('Unhandled');
      expect(payload).toEqual({
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      });
      expect((await host.invoke(executable)).payload).toBe(3);
    });

    test('memory over the limit is an out-of-memory error', async () => {
      const executable = host.deploy({
        runtime,
        memoryMegabytes: 128,
        files: `let calls = 0; const kept = [];
          export const handler = async (e) => { calls++; while (e.eat) kept.push(Buffer.alloc(1 << 20, 1)); return calls; };`,
      });
      const { payload, log } = await host.invoke(executable, { eat: true }, { requestId });
      expect(payload).toEqual({
        errorType: 'Runtime.OutOfMemory',
        errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
      });
      expect(log).toMatch(/\tMax Memory Used: 128 MB\t.*Status: error\tError Type: Runtime.OutOfMemory\n$/);
      expect((await host.invoke(executable)).payload).toBe(1);
    });

    test('garbage is collected before it fills the function’s memory', async () => {
      const { payload } = await host.run({
        runtime,
        memoryMegabytes: 128,
        files: `let kept = 0;
          for (let round = 0; round < 60; round++) {
            kept += Array.from({ length: 40000 }, (_, i) => ({ i, text: 'x' + i + round, list: [i] })).length;
          }
          export const handler = async () => kept;`,
      });
      expect(payload).toBe(60 * 40000);
    });

    test.each(['', '{', 'nope', '{"a":1}x', '\xff'])(
      'the event %j is refused before the handler runs',
      async (text) => {
        const executable = host.deploy({
          runtime,
          files: 'let calls = 0; export const handler = async () => ++calls;',
        });
        if (text === '') return expect((await host.invoke(executable, Buffer.from(text))).payload).toBe(1);
        const event = text === '\xff' ? Buffer.from([0xff]) : Buffer.from(text);
        await expect(host.invoke(executable, event, { requestId })).rejects.toMatchObject({
          code: 'InvalidRequestContentException',
          message: expect.stringMatching(
            /^Could not parse request body into json: Could not parse payload into json: .+/,
          ),
        });
        expect((await host.invoke(executable)).payload).toBe(1);
      },
    );

    test('the context has all that Lambda’s has', async () => {
      const executable = host.deploy({
        runtime,
        timeoutSeconds: 7,
        files: `export const handler = async (event, context) => ({
          ...context, left: context.getRemainingTimeInMillis(),
          callbackWaitsForEmptyEventLoop: context.callbackWaitsForEmptyEventLoop });`,
      });
      const { payload } = await host.invoke(
        executable,
        {},
        {
          requestId,
          invokedFunctionArn: `${executable.functionArn}:live`,
          clientContext: '{"client":{"installation_id":"i"},"custom":{"a":1}}',
        },
      );
      expect(payload).toMatchObject({
        awsRequestId: requestId,
        functionName: executable.functionName,
        functionVersion: '$LATEST',
        invokedFunctionArn: `${executable.functionArn}:live`,
        memoryLimitInMB: '512',
        logGroupName: executable.logGroupName,
        logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
        clientContext: { client: { installation_id: 'i' }, custom: { a: 1 } },
        callbackWaitsForEmptyEventLoop: true,
      });
      const { left } = payload as { left: number };
      expect(left).toBeGreaterThan(5000);
      expect(left).toBeLessThanOrEqual(7000);
    });

    test('the environment variables are Lambda’s and the function’s, and nothing of the worker’s', async () => {
      const executable = host.deploy({
        runtime,
        environmentVariables: { GREETING: 'hello', TZ: 'Europe/Berlin' },
        files:
          'export const handler = async () => ({ ...process.env, hour: new Date("2026-01-01T00:00:00Z").getHours() });',
      });
      const { payload } = await host.invoke(executable);
      const { AWS_LAMBDA_LOG_STREAM_NAME, ...variables } = payload as Record<string, unknown>;
      expect(AWS_LAMBDA_LOG_STREAM_NAME).toBeTypeOf('string');
      expect(variables).toEqual({
        _AWS_XRAY_DAEMON_ADDRESS: '169.254.100.1',
        _AWS_XRAY_DAEMON_PORT: '2000',
        _HANDLER: 'index.handler',
        _X_AMZN_TRACE_ID: 'Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
        AWS_LAMBDA_FUNCTION_NAME: executable.functionName,
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        AWS_LAMBDA_LOG_GROUP_NAME: executable.logGroupName,
        AWS_LAMBDA_RUNTIME_API: '169.254.100.1:9001',
        AWS_REGION: 'us-east-1',
        AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
        AWS_XRAY_DAEMON_ADDRESS: '169.254.100.1:2000',
        GREETING: 'hello',
        hour: 1,
        LAMBDA_RUNTIME_DIR: '/var/runtime',
        LAMBDA_TASK_ROOT: '/var/task',
        LANG: 'en_US.UTF-8',
        LD_LIBRARY_PATH:
          '/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib',
        NODE_PATH: expect.stringContaining('/opt/nodejs/node_modules'),
        PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
        PWD: '/var/task',
        SHLVL: '0',
        TZ: 'Europe/Berlin',
      });
    });

    test('NODE_OPTIONS is honoured', async () => {
      const result = await host.run({
        runtime,
        environmentVariables: { NODE_OPTIONS: '--require ./hook.cjs --stack-trace-limit=3' },
        files: {
          'hook.cjs': 'globalThis.hooked = true;',
          'index.mjs': 'export const handler = async () => ({ hooked, limit: Error.stackTraceLimit });',
        },
      });
      expect(result.payload).toEqual({ hooked: true, limit: 3 });
    });

    test('console methods print time, request id and level, several lines in one event', async () => {
      const executable = host.deploy({
        runtime,
        files: `console.log('loading');
          export const handler = async () => {
            console.log('a', { b: 1 }, '%d', 2); console.debug('d'); console.warn('w\\nw2'); console.error(new Error('e').message);
            console.trace('t'); console.info(); process.stdout.write('raw without end');
          };`,
      });
      host.logged.length = 0;
      const { log } = await host.invoke(executable, {}, { requestId });
      const prefix = `${timestamp}\\t${requestId}`;
      for (const line of [
        'INFO\\ta \\{ b: 1 \\} %d 2',
        'DEBUG\\td',
        'WARN\\tw\\nw2',
        'ERROR\\te',
        'TRACE\\tt',
        'INFO\\t',
      ]) {
        expect(log).toMatch(new RegExp(`^${prefix}\\t${line}$`, 'm'));
      }
      expect(log).toMatch(/^raw without end$/m);
      const messages = host.logged.map(({ message }) => message);
      expect(messages[0]).toMatch(
        /^INIT_START Runtime Version: nodejs:2\d\.v\d+\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}\n$/,
      );
      expect(messages[1]).toMatch(new RegExp(`^${timestamp}\\tundefined\\tINFO\\tloading\\n$`));
      expect(messages[2]).toBe(`START RequestId: ${requestId} Version: $LATEST\n`);
      expect(messages.at(-2)).toBe(`END RequestId: ${requestId}\n`);
      expect(messages.at(-1)).toMatch(
        /^REPORT RequestId: \S+\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 512 MB\tMax Memory Used: \d+ MB\tInit Duration: \d+\.\d\d ms\t\n$/,
      );
    });

    test('init duration is billed and shown with the first invocation only', async () => {
      const executable = host.deploy({ runtime, files: 'export const handler = async () => 1;' });
      const first = await host.invoke(executable);
      const second = await host.invoke(executable);
      const numbers =
        /Duration: ([\d.]+) ms\tBilled Duration: (\d+) ms.*?(?:Init Duration: ([\d.]+) ms\t)?\n$/;
      const [, duration, billed, init] = numbers.exec(first.log) ?? [];
      expect(Number(billed)).toBe(Math.ceil(Number(duration) + Number(init)));
      const [, laterDuration, laterBilled, laterInit] = numbers.exec(second.log) ?? [];
      expect(Number(laterBilled)).toBe(Math.ceil(Number(laterDuration)));
      expect(laterInit).toBeUndefined();
    });

    test('timers stand still between invocations', async () => {
      const executable = host.deploy({
        runtime,
        files: `let ticks = 0; setInterval(() => ticks++, 5);
          export const handler = async (e) => { if (e.wait) await new Promise((r) => setTimeout(r, 100)); return ticks; };`,
      });
      const { payload: before } = await host.invoke(executable, { wait: true });
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { payload: after } = await host.invoke(executable);
      expect(before).toBeGreaterThan(5);
      expect(Number(after) - Number(before)).toBeLessThan(5);
    });
  });

  describe('callbacks', () => {
    const runtime = 'nodejs22.x';
    test.each([
      ['answers', '(event, context, callback) => callback(null, 1)', 1],
      ['answers nothing', '(event, context, callback) => callback()', null],
      [
        'waits for the event loop',
        '(e, c, callback) => { callback(null, log); setTimeout(() => log.push(2), 20); }',
        [2],
      ],
      [
        'need not wait for the event loop',
        '(e, c, callback) => { c.callbackWaitsForEmptyEventLoop = false; callback(null, log); setTimeout(() => log.push(2), 20); }',
        [],
      ],
      ['may use context.succeed', '(e, context) => { context.succeed(1); }', 1],
      ['may use context.done', '(e, context) => { setTimeout(() => context.done(null, 1), 5); }', 1],
      ['that never calls back answers null', '(e, context, callback) => 5', null],
    ])('a handler with a callback %s', async (_what, handler, expected) => {
      const files = `const log = []; export const handler = ${handler};`;
      expect(await host.run({ runtime, files })).toMatchObject({
        payload: expected,
        functionError: undefined,
      });
    });

    test.each([
      [
        'callback',
        '(e, c, callback) => callback(new TypeError("no"))',
        { errorType: 'TypeError', errorMessage: 'no' },
      ],
      ['callback', '(e, c, callback) => callback("text")', { errorType: 'string', errorMessage: 'text' }],
      [
        'context.fail',
        '(e, c) => c.fail(new TypeError("no"))',
        { errorType: 'TypeError', errorMessage: 'no' },
      ],
    ])('an error given to %s is the result', async (_what, handler, expected) => {
      const files = `export const handler = ${handler};`;
      expect(await host.run({ runtime, files })).toMatchObject({
        payload: expected,
        functionError: 'Unhandled',
      });
    });

    test('nodejs24.x refuses handlers that take one', async () => {
      const files = 'export const handler = (event, context, callback) => callback(null, 1);';
      expect((await host.run({ files })).payload).toMatchObject({
        errorType: 'Runtime.CallbackHandlerDeprecated',
      });
    });

    test.each(['nodejs22.x', 'nodejs24.x'])(
      '%s answers what a synchronous handler returns',
      async (runtime) => {
        expect((await host.run({ files: 'export const handler = () => 1;', runtime })).payload).toBe(1);
      },
    );
  });

  test('an initialization that fails once is repeated within the invocation', async () => {
    // Hard links of the package are read only, and /tmp is new: only chance (or time) can tell the two attempts apart.
    const executable = host.deploy({
      timeoutSeconds: 5,
      files: `import { readFileSync } from 'node:fs';
        const started = Number(process.env.AT);
        if (Date.now() < started + 1000) { while (Date.now() < started + 1000); throw new Error('not yet'); }
        export const handler = async () => 'ready';`,
      environmentVariables: { AT: String(Date.now()) },
    });
    host.logged.length = 0;
    const { payload, log } = await host.invoke(executable);
    expect(payload).toBe('ready');
    expect(log).not.toContain('Init Duration');
    const lines = host.logged.map(({ message }) => message.split(/[ \t]/)[0]);
    expect(lines).toContain('INIT_REPORT');
    expect(lines.indexOf('INIT_REPORT')).toBeLessThan(lines.indexOf('START'));
  });

  test('an unknown runtime is refused', async () => {
    await expect(host.run({ runtime: 'cobol1.x', files: '' })).rejects.toMatchObject({
      code: 'InvalidRuntimeException',
    });
  });

  test('environments are reused for the same revision, and replaced when it changes', async () => {
    const files = 'let calls = 0; export const handler = async () => ++calls;';
    const executable = host.deploy({ files });
    expect((await host.invoke(executable)).payload).toBe(1);
    expect((await host.invoke(executable)).payload).toBe(2);
    expect((await host.invoke({ ...executable, revisionId: 'next' })).payload).toBe(1);
    host.engine.retire(executable.functionArn, '$LATEST', 'next');
    expect((await host.invoke(executable)).payload).toBe(1);
    expect((await host.invoke({ ...executable, revisionId: 'next' })).payload).toBe(2);
  });

  test('concurrent invocations each have an environment of their own', async () => {
    const executable = host.deploy({
      files: `let calls = 0; export const handler = async () => { calls++; await new Promise((r) => setTimeout(r, 1500)); return calls; };`,
    });
    const results = await Promise.all(Array.from({ length: 12 }, () => host.invoke(executable)));
    expect(results.map(({ payload }) => payload)).toEqual(Array(12).fill(1));
  });
});

function anyLines(payload: unknown): unknown[] {
  const { trace } = payload as { trace: unknown[] };
  return trace.slice(2).map(() => expect.any(String));
}
