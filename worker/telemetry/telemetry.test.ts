import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import type { InvocationReport } from '../engine/telemetry.ts';
import { createTelemetry, type TelemetryService } from './telemetry.ts';
import { scope, temporaryDirectory } from './test-store.ts';

const executable = {
  ...scope,
  functionName: 'f',
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  version: '$LATEST',
  memoryMegabytes: 1024,
  logGroupName: '/aws/lambda/f',
} as ExecutableFunction;

async function startTelemetry(
  directory = temporaryDirectory(),
): Promise<TelemetryService & { warnings: string[] }> {
  const warnings: string[] = [];
  const telemetry = createTelemetry({
    directory,
    cpuCount: 1,
    payloadKey: Buffer.alloc(32, 1),
    longestPayload: 100,
    invocationDays: 1,
    payloadDays: 1,
    maxBytes: 1_000_000_000,
    warn: (message) => warnings.push(message),
  });
  onTestFinished(() => telemetry.stop());
  await telemetry.start();
  return Object.assign(telemetry, { warnings });
}

function report(
  requestId: string,
  given: Partial<InvocationReport> & { payload?: string } = {},
): InvocationReport {
  const { payload = '{"a":1}', ...rest } = given;
  return {
    request: {
      requestId,
      executable,
      invokedFunctionArn: `${executable.functionArn}:live`,
      payload: Buffer.from(payload),
      traceId: 'Root=1',
      callerArn: 'arn:aws:iam::000000000000:root',
      tailLog: false,
    },
    response: Buffer.from('"ok"'),
    logStreamName: 's',
    startedAt: 5000,
    waitedMilliseconds: 12,
    durationMilliseconds: 100.5,
    billedMilliseconds: 110,
    initMilliseconds: 9,
    maxMemoryMegabytes: 70,
    status: 'success',
    errorType: undefined,
    ...rest,
  };
}

/** Fulfilled when the invocations of `requestIds` can be read. */
async function stored(telemetry: TelemetryService, count: number): Promise<void> {
  for (;;) {
    const next = new Promise<void>((resolve) => {
      const end = telemetry.onInvocations(() => {
        end();
        resolve();
      });
    });
    const { invocations } = (await telemetry.call('ListInvocations', scope, {})) as {
      invocations: unknown[];
    };
    if (invocations.length >= count) return;
    await next;
  }
}

describe('telemetry', () => {
  test('an invocation is found again with its own lines, event, response, phases and cost', async () => {
    const telemetry = await startTelemetry();
    const log = (message: string, requestId?: string) =>
      telemetry.collector.log(executable, 's', { timestamp: 5000, message, requestId });
    log('INIT_START');
    for (const id of ['one', 'two']) {
      log(`START ${id}`, id);
      log(`END ${id}`, id);
      telemetry.collector.invocation(report(id));
    }
    await stored(telemetry, 2);
    expect(await telemetry.call('GetInvocation', scope, { requestId: 'two' })).toMatchObject({
      requestId: 'two',
      functionName: 'f',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f:live',
      callerArn: 'arn:aws:iam::000000000000:root',
      startedAt: 5000,
      phases: { queued: 3, init: 9, handler: 100.5 },
      coldStart: true,
      cost: expect.closeTo(0.0000002 + 0.11 * 0.0000166667, 12),
      logStreamName: 's',
      logLines: [
        { timestamp: 5000, message: 'START two' },
        { timestamp: 5000, message: 'END two' },
      ],
      logIsComplete: true,
      event: '{"a":1}',
      response: '"ok"',
    });
    expect(telemetry.warnings).toEqual([]);
  });

  test('a failed invocation has its error, and a payload that is too long is not kept', async () => {
    const telemetry = await startTelemetry();
    telemetry.collector.invocation(
      report('failed', {
        payload: 'x'.repeat(101),
        status: 'error',
        response: Buffer.from('{"errorType":"TypeError","errorMessage":"no"}'),
      }),
    );
    await stored(telemetry, 1);
    const found = await telemetry.call('GetInvocation', scope, { requestId: 'failed' });
    expect(found).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'no',
      eventBytes: 101,
      logLines: [],
    });
    expect(found).not.toHaveProperty('event');
  });

  test('lists are filtered, newest first, in pages', async () => {
    const telemetry = await startTelemetry();
    telemetry.collector.invocation(report('a'));
    telemetry.collector.invocation(report('b', { status: 'timeout', initMilliseconds: undefined }));
    telemetry.collector.invocation(report('c', { durationMilliseconds: 900 }));
    await stored(telemetry, 3);
    const list = async (input: object) => {
      const answer = await telemetry.call('ListInvocations', scope, { ...input });
      return answer as { invocations: { requestId: string; sequence: number }[]; nextToken?: string };
    };
    const ids = async (input: object) => (await list(input)).invocations.map(({ requestId }) => requestId);
    expect(await ids({})).toEqual(['c', 'b', 'a']);
    expect(await ids({ status: 'any-failure' })).toEqual(['b']);
    expect(await ids({ status: 'success' })).toEqual(['c', 'a']);
    expect(await ids({ coldStart: false })).toEqual(['b']);
    expect(await ids({ minDurationMilliseconds: 500 })).toEqual(['c']);
    expect(await ids({ functionName: 'g' })).toEqual([]);
    expect(await ids({ startTime: 5001 })).toEqual([]);
    const first = await list({ limit: 2 });
    expect(await ids({ limit: 2, nextToken: first.nextToken })).toEqual(['a']);
    expect(await ids({ after: first.invocations[1]?.sequence })).toEqual(['c']);
    const elsewhere = { accountId: '111111111111', region: 'us-east-1' };
    expect(await telemetry.call('ListInvocations', elsewhere, {})).toEqual({ invocations: [] });
  });

  test('errors of clients come back as they were thrown', async () => {
    const telemetry = await startTelemetry();
    await expect(telemetry.call('GetInvocation', scope, { requestId: 'none' })).rejects.toMatchObject({
      name: 'AwsFault',
      code: 'ResourceNotFoundException',
    });
    await expect(telemetry.call('Nothing', scope, {})).rejects.toMatchObject({
      code: 'UnknownOperationException',
    });
  });

  test('stopping stores what waits, and nobody is waited for afterwards', async () => {
    const directory = temporaryDirectory();
    const first = await startTelemetry(directory);
    for (let index = 0; index < 30_000; index += 1) {
      first.collector.log(executable, 's', {
        timestamp: index,
        message: `line ${index}`,
        requestId: undefined,
      });
    }
    await first.stop();
    await first.stop();
    await expect(first.call('ListInvocations', scope, {})).rejects.toThrow('not running');
    const second = await startTelemetry(directory);
    const last = { logGroupName: '/aws/lambda/f', logStreamName: 's', limit: 1 };
    expect(await second.call('logs.GetLogEvents', scope, last)).toMatchObject({
      events: [{ message: 'line 29999' }],
    });
  });

  test('what was confirmed before a kill is there afterwards', async () => {
    const directory = temporaryDirectory();
    const program = `
      import { createTelemetry } from ${JSON.stringify(new URL('./telemetry.ts', import.meta.url).href)};
      const telemetry = createTelemetry({ directory: ${JSON.stringify(directory)}, cpuCount: 1, payloadKey: Buffer.alloc(32, 1),
        longestPayload: 100, invocationDays: 1, payloadDays: 1, maxBytes: 1e9, warn: console.error });
      await telemetry.start();
      const executable = ${JSON.stringify(executable)};
      let line = 0;
      setInterval(() => {
        for (let i = 0; i < 200; i += 1) telemetry.collector.log(executable, 's', { timestamp: line, message: 'line ' + line++ });
      }, 5);
      for (;;) {
        const input = { logGroupName: '/aws/lambda/f', logStreamName: 's', limit: 1 };
        const answer = await telemetry.call('logs.GetLogEvents', ${JSON.stringify(scope)}, input).catch(() => ({ events: [] }));
        if (answer.events[0]) console.log(answer.events[0].message);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }`;
    const file = path.join(temporaryDirectory(), 'writer.mjs');
    writeFileSync(file, program);
    const child = spawn(process.execPath, [file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let seen = '';
    child.stdout.on('data', (chunk: Buffer) => {
      seen += chunk;
      if (seen.split('\n').length > 30) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const confirmed = Number(/line (\d+)\n[^\n]*$/.exec(seen)?.[1]);
    expect(confirmed).toBeGreaterThan(0);
    const telemetry = await startTelemetry(directory);
    const { events } = (await telemetry.call('logs.GetLogEvents', scope, {
      logGroupName: '/aws/lambda/f',
      logStreamName: 's',
      limit: 1,
    })) as { events: { message: string }[] };
    expect(Number(events[0]?.message.split(' ')[1])).toBeGreaterThanOrEqual(confirmed);
    expect(telemetry.warnings).toEqual([]);
  });
});
