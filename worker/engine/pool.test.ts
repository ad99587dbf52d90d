import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import type { EnvironmentState } from './environment.ts';
import { Pool, type Poolable, type PoolOptions, type StartSettings } from './pool.ts';
import type { AvailableRuntime } from './runtimes.ts';

/** An environment without a process: the test says when it is up, and it ends at once. */
class FakeEnvironment implements Poolable {
  readonly settings: StartSettings;
  state: EnvironmentState = 'starting';
  executable: ExecutableFunction | null = null;
  idleSince = 0;
  retired = false;
  readonly #up = Promise.withResolvers<void>();
  readonly #end = Promise.withResolvers<void>();
  readonly started = this.#up.promise;
  readonly ended = this.#end.promise;

  constructor(settings: StartSettings) {
    this.settings = settings;
    this.started.catch(() => {});
  }

  comeUp(): void {
    this.state = 'prewarmed';
    this.#up.resolve();
  }

  /** As if an invocation of the function had just ended in it. */
  serve(executable: ExecutableFunction): this {
    this.executable = executable;
    this.state = 'idle';
    this.idleSince = now;
    return this;
  }

  end(): void {
    this.state = 'ended';
    this.#up.reject(new Error('ended'));
    this.#end.resolve();
  }
}

const runtime = { name: 'nodejs24.x', startVariables: /^NODE_OPTIONS$/ } as AvailableRuntime;
const executable = {
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:one',
  version: '$LATEST',
  revisionId: 'first',
  codeDirectory: '/code/one',
  layersDirectory: null,
  layersFileCount: 0,
  codeFileCount: 1,
  ephemeralStorageMegabytes: 512,
  environmentVariables: {},
} as ExecutableFunction;

let now = 0;
let launched: FakeEnvironment[] = [];
let problems: string[] = [];
let memoryIsShort = false;

function createPool(options: Partial<PoolOptions<FakeEnvironment>> = {}): Pool<FakeEnvironment> {
  return new Pool<FakeEnvironment>({
    start: (settings) => {
      const environment = new FakeEnvironment(settings);
      launched.push(environment);
      return environment;
    },
    placesQuickly: () => true,
    prewarmedPerRuntime: 2,
    maxStarting: 4,
    idleMilliseconds: 1000,
    clock: { now: () => now, monotonic: () => now },
    memoryIsShort: () => memoryIsShort,
    onProblem: (problem) => problems.push(problem),
    ...options,
  });
}

/** Lets timers and promises run until nothing new is started, every start succeeding. */
async function settle(): Promise<void> {
  for (let seen = -1; seen !== launched.length; ) {
    seen = launched.length;
    await vi.advanceTimersByTimeAsync(100);
    for (const environment of launched) if (environment.state === 'starting') environment.comeUp();
    await vi.advanceTimersByTimeAsync(100);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  now = 0;
  launched = [];
  problems = [];
  memoryIsShort = false;
});
afterEach(() => {
  vi.useRealTimers();
});

test('environments are kept prewarmed, one starting at a time', async () => {
  const pool = createPool();
  pool.prewarm(runtime);
  await vi.advanceTimersByTimeAsync(100);
  expect(launched).toHaveLength(1);
  await settle();
  expect(launched).toHaveLength(2);
  expect(launched[0]?.settings).toEqual({
    runtime,
    temporaryStorageMegabytes: 512,
    variables: {},
    codeDirectory: null,
    layersDirectory: null,
    aheadOfNeed: true,
  });
});

test('a prewarmed environment is taken and replaced', async () => {
  const pool = createPool();
  pool.prewarm(runtime);
  await settle();
  const taken = await pool.takeNew(executable, runtime);
  expect(launched.indexOf(taken)).toBe(0);
  expect(launched).toHaveLength(2);
  await settle();
  expect(launched).toHaveLength(3);
});

test('one that is still starting is taken when none is ready, and waited for', async () => {
  const pool = createPool();
  pool.prewarm(runtime);
  await vi.advanceTimersByTimeAsync(100);
  const taking = pool.takeNew(executable, runtime);
  launched[0]?.comeUp();
  expect(await taking).toBe(launched[0]);
});

test('an empty pool starts one', async () => {
  const pool = createPool({ prewarmedPerRuntime: 0 });
  const taking = pool.takeNew(executable, runtime);
  await vi.advanceTimersByTimeAsync(0);
  launched[0]?.comeUp();
  expect(await taking).toBe(launched[0]);
});

test.each([
  ['a /tmp of another size', { ephemeralStorageMegabytes: 1024 }, { temporaryStorageMegabytes: 1024 }],
  [
    'a variable that the interpreter reads at its start',
    { environmentVariables: { NODE_OPTIONS: '--no-warnings', OTHER: '1' } },
    { variables: { NODE_OPTIONS: '--no-warnings' }, codeDirectory: '/code/one' },
  ],
])('%s needs a start of its own', async (_what, changes, settings) => {
  const pool = createPool();
  pool.prewarm(runtime);
  await settle();
  const taking = pool.takeNew({ ...executable, ...changes }, runtime);
  await settle();
  expect((await taking).settings).toMatchObject(settings);
  expect(launched.indexOf(await taking)).toBe(2);
});

test('a package that cannot be placed quickly is shown from the start', async () => {
  const pool = createPool({ placesQuickly: (fileCount) => fileCount < 100 });
  const taking = pool.takeNew({ ...executable, codeFileCount: 5000 }, runtime);
  await settle();
  expect((await taking).settings.codeDirectory).toBe('/code/one');
});

test('no more than so many start at a time, and whoever waits goes before refilling', async () => {
  const pool = createPool({ maxStarting: 2 });
  const taking = Array.from({ length: 5 }, () => pool.takeNew(executable, runtime));
  await vi.advanceTimersByTimeAsync(100);
  expect(launched).toHaveLength(2);
  launched[0]?.comeUp();
  await vi.advanceTimersByTimeAsync(0);
  expect(launched).toHaveLength(3);
  await settle();
  const taken = await Promise.all(taking);
  expect(new Set(taken).size).toBe(5);
});

test('a start that fails is an error for the one who waits, and is not repeated for ever', async () => {
  const pool = createPool({ prewarmedPerRuntime: 1 });
  const taking = pool.takeNew(executable, runtime);
  taking.catch(() => {});
  for (let i = 0; i < 10; i++) {
    await vi.advanceTimersByTimeAsync(100);
    for (const environment of launched) environment.end();
  }
  await expect(taking).rejects.toMatchObject({ code: 'ServiceException' });
  expect(launched.length).toBeLessThanOrEqual(2);
  expect(problems.length).toBeGreaterThan(0);
});

test('idle environments are reused last in first out, by function, version and revision', async () => {
  const pool = createPool({ prewarmedPerRuntime: 0 });
  const [one, two] = await Promise.all(
    [pool.takeNew(executable, runtime), pool.takeNew(executable, runtime), settle()].slice(0, 2),
  );
  pool.release((one as FakeEnvironment).serve(executable));
  pool.release((two as FakeEnvironment).serve(executable));
  expect(pool.takeIdle({ ...executable, revisionId: 'second' })).toBeNull();
  expect(pool.takeIdle({ ...executable, version: '7' })).toBeNull();
  expect(pool.takeIdle({ ...executable, functionArn: 'arn:other' })).toBeNull();
  expect(pool.takeIdle(executable)).toBe(two);
  expect(pool.takeIdle(executable)).toBe(one);
  expect(pool.takeIdle(executable)).toBeNull();
});

/** An environment that has served the function and waits. */
async function idle(pool: Pool<FakeEnvironment>, served = executable): Promise<FakeEnvironment> {
  const taking = pool.takeNew(served, runtime);
  await settle();
  const environment = (await taking).serve(served);
  pool.release(environment);
  return environment;
}

test('one that ended while it was idle is not given out', async () => {
  const pool = createPool({ prewarmedPerRuntime: 0 });
  (await idle(pool)).end();
  expect(pool.takeIdle(executable)).toBeNull();
});

test('what has been idle for too long is ended, what was used since is kept', async () => {
  const pool = createPool({ prewarmedPerRuntime: 0 });
  const old = await idle(pool);
  now = 600;
  const other = { ...executable, revisionId: 'second' };
  const young = await idle(pool, other);
  now = 1200;
  pool.reap();
  expect(old.state).toBe('ended');
  expect(young.state).toBe('idle');
  expect(pool.takeIdle(other)).toBe(young);
  await vi.advanceTimersByTimeAsync(0);
  expect(pool.size).toBe(1);
});

test('a changed function’s environments end: idle ones at once, busy ones when they are released', async () => {
  const pool = createPool({ prewarmedPerRuntime: 0 });
  const waiting = await idle(pool);
  const taking = pool.takeNew(executable, runtime);
  await settle();
  const busy = await taking;
  busy.executable = executable;
  busy.state = 'busy';
  const current = await idle(pool, { ...executable, revisionId: 'second' });
  const other = await idle(pool, { ...executable, functionArn: 'arn:other' });
  pool.retire(executable.functionArn, '$LATEST', 'second');
  expect([waiting, busy, current, other].map(({ state }) => state)).toEqual([
    'ended',
    'busy',
    'idle',
    'idle',
  ]);
  pool.release(busy.serve(executable));
  expect(busy.state).toBe('ended');
});

test('when memory is short the longest idle environment makes room, and nothing is prewarmed', async () => {
  const pool = createPool({ prewarmedPerRuntime: 0 });
  const oldest = await idle(pool);
  now = 10;
  const newer = await idle(pool, { ...executable, revisionId: 'second' });
  memoryIsShort = true;
  const taking = pool.takeNew({ ...executable, revisionId: 'third' }, runtime);
  await settle();
  await taking;
  expect([oldest.state, newer.state]).toEqual(['ended', 'idle']);

  launched = [];
  const careful = createPool();
  careful.prewarm(runtime);
  await settle();
  expect(launched).toEqual([]);
});

test('stopping ends every environment and starts none', async () => {
  const pool = createPool();
  pool.prewarm(runtime);
  const waiting = await idle(pool);
  await settle();
  await pool.stop();
  expect(waiting.state).toBe('ended');
  expect(launched.map(({ state }) => state)).toEqual(launched.map(() => 'ended'));
  await expect(pool.takeNew(executable, runtime)).rejects.toMatchObject({ code: 'ServiceException' });
});
