import { type Duplex, duplexPair, PassThrough } from 'node:stream';
import { beforeEach, expect, test } from 'vitest';
import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import { systemEngineClock } from './clock.ts';
import { Environment, type InvokeHeader } from './environment.ts';
import { EnvironmentLog } from './environment-log.ts';
import { encodeFrame, frameType } from './link/frames.ts';
import { CollectingSink } from './response-sink.ts';
import type { AvailableRuntime } from './runtimes.ts';
import type { Exit, Sandbox } from './sandbox/sandbox.ts';

const executable = {
  handler: 'index.handler',
  memoryMegabytes: 128,
  environmentVariables: {},
} as ExecutableFunction;
const invokeHeader: InvokeHeader = {
  requestId: 'id',
  deadlineMilliseconds: 0,
  invokedFunctionArn: 'arn',
  traceId: 'trace',
  clientContext: undefined,
};
const payload = Buffer.from('{}');

let environment: Environment;
/** The runtime's end of the link. */
let runtime: Duplex;
let output: PassThrough;
let exit: (exit: Exit) => void;
let killed: boolean;
let placing: Promise<void>;
let problems: string[];
let logged: string[];
let log: EnvironmentLog;

beforeEach(() => {
  const [link, other] = duplexPair();
  const ending = Promise.withResolvers<Exit>();
  runtime = other;
  runtime.on('data', () => {});
  output = new PassThrough();
  killed = false;
  placing = Promise.resolve();
  problems = [];
  logged = [];
  exit = ending.resolve;
  const sandbox: Sandbox = {
    taskRoot: '/var/task',
    link,
    output,
    exited: ending.promise,
    placeCode: () => placing,
    limitMemory: () => {},
    limitCpu: () => {},
    peakMemoryBytes: () => null,
    ranOutOfMemory: () => false,
    kill: () => {
      killed = true;
      ending.resolve({ signal: 'killed' });
    },
  };
  log = new EnvironmentLog(executable, 'stream', {
    log: (_executable, _stream, { message }) => logged.push(message),
    invocation: () => {},
  });
  environment = new Environment({
    id: 'environment',
    runtime: { variables: {} } as AvailableRuntime,
    sandbox,
    clock: systemEngineClock,
    reportMemory: true,
    onProblem: (problem) => problems.push(problem),
  });
});

function send(type: number, header: object = {}, body = ''): void {
  for (const part of encodeFrame(type, header, Buffer.from(body))) runtime.write(part);
}

/** Brings the environment to `idle`. */
async function initialize(): Promise<void> {
  send(frameType.started);
  await environment.started;
  const initializing = environment.initialize(executable, log, 10_000);
  await placing;
  await new Promise(setImmediate);
  send(frameType.ready);
  expect(await initializing).toEqual({ kind: 'ready' });
}

/** Lets what was written be read. */
async function arrive(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise(setImmediate);
}

test('it lives from starting to ended', async () => {
  expect(environment.state).toBe('starting');
  send(frameType.started);
  await environment.started;
  expect(environment.state).toBe('prewarmed');
  const initializing = environment.initialize(executable, log, 10_000);
  expect(environment.state).toBe('initializing');
  await arrive();
  send(frameType.ready);
  await initializing;
  expect(environment.state).toBe('idle');
  const invoking = environment.invoke(invokeHeader, payload, 10_000, new CollectingSink(100));
  expect(environment.state).toBe('busy');
  send(frameType.response, { maxRssKilobytes: 2048 }, '"done"');
  expect(await invoking).toEqual({ kind: 'response', payload: Buffer.from('"done"') });
  expect(environment.state).toBe('idle');
  expect(environment.peakMegabytes).toBe(2);
  environment.end();
  expect(environment.state).toBe('ending');
  await environment.ended;
  expect(environment.state).toBe('ended');
});

test('what the state does not allow is refused', async () => {
  await expect(environment.initialize(executable, log, 1000)).rejects.toThrow(
    'from starting to initializing',
  );
  await initialize();
  await expect(environment.initialize(executable, log, 1000)).rejects.toThrow('from idle to initializing');
});

test.each([
  ['ready before init', async () => {}, frameType.ready],
  ['log before init', async () => send(frameType.started), frameType.log],
  ['started twice', async () => send(frameType.started), frameType.started],
  ['a response while idle', initialize, frameType.response],
  ['an error while idle', initialize, frameType.error],
  ['ready while idle', initialize, frameType.ready],
])('a frame out of turn ends it: %s', async (_what, prepare, type) => {
  await prepare();
  await arrive();
  send(type);
  await arrive();
  expect(killed).toBe(true);
  expect(problems).toEqual([expect.stringContaining('broke its link')]);
});

test('a second answer is out of turn', async () => {
  await initialize();
  const invoking = environment.invoke(invokeHeader, payload, 10_000, new CollectingSink(100));
  send(frameType.response, {}, '1');
  send(frameType.response, {}, '2');
  expect(await invoking).toMatchObject({ kind: 'response', payload: Buffer.from('1') });
  expect(killed).toBe(true);
});

test('what was printed before the answer is logged before the invocation ends', async () => {
  await initialize();
  const invoking = environment.invoke(invokeHeader, payload, 10_000, new CollectingSink(100));
  output.write('one\ntwo without an end');
  send(frameType.log, {}, 'three\n');
  send(frameType.response, {}, '1');
  await invoking;
  expect(logged.toSorted()).toEqual(['one\n', 'three\n', 'two without an end\n']);
});

test('an exit answers whoever waits', async () => {
  await initialize();
  const invoking = environment.invoke(invokeHeader, payload, 10_000, new CollectingSink(100));
  exit({ code: 3 });
  expect(await invoking).toEqual({ kind: 'exit', exit: { code: 3 }, outOfMemory: false });
  expect(environment.state).toBe('ended');
});

test('an exit before an invocation reaches it answers that invocation', async () => {
  await initialize();
  exit({ code: 3 });
  await environment.ended;
  expect(await environment.invoke(invokeHeader, payload, 10_000, new CollectingSink(100))).toMatchObject({
    kind: 'exit',
  });
});

test('too long an initialization or invocation ends it', async () => {
  await initialize();
  expect(await environment.invoke(invokeHeader, payload, 5, new CollectingSink(100))).toEqual({
    kind: 'timeout',
  });
  expect(killed).toBe(true);
});

test('an error that the process does not outlive takes it out of use', async () => {
  await initialize();
  const invoking = environment.invoke(invokeHeader, payload, 10_000, new CollectingSink(100));
  send(frameType.error, { errorType: 'Runtime.Whatever', exiting: true }, '{}');
  expect(await invoking).toMatchObject({ kind: 'error', errorType: 'Runtime.Whatever', isFatal: true });
  expect(environment.retired).toBe(true);
});

test.each(['TypeError', 'Runtime.not-a-type', 5, undefined, `Runtime.A${'a'.repeat(1000)}`])(
  'the error type %j is not one of the platform’s',
  async (errorType) => {
    await initialize();
    const invoking = environment.invoke(invokeHeader, payload, 10_000, new CollectingSink(100));
    send(frameType.error, { errorType }, '{}');
    expect(await invoking).toMatchObject({ errorType: 'Runtime.Unknown', isFatal: false });
  },
);

test('code that cannot be placed ends it', async () => {
  placing = Promise.reject(new Error('no space'));
  send(frameType.started);
  await environment.started;
  await expect(environment.initialize(executable, log, 1000)).rejects.toThrow('no space');
  expect(killed).toBe(true);
});

test('what it printed before it ended too early is the reason', async () => {
  output.write('bwrap: no permission\n');
  await arrive();
  exit({ code: 1 });
  await expect(environment.started).rejects.toThrow('bwrap: no permission');
});

test('a link that closes ends it', async () => {
  await initialize();
  runtime.end();
  await environment.ended;
  expect(killed).toBe(true);
});
