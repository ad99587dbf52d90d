import { ServiceError } from '../../core/errors.ts';
import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import type { EngineClock } from './clock.ts';
import type { Environment, EnvironmentState } from './environment.ts';
import { startVariables } from './environment-variables.ts';
import type { AvailableRuntime } from './runtimes.ts';
import type { SandboxSpec } from './sandbox/sandbox.ts';

/** `/tmp` of prewarmed environments, and AWS's default. */
const defaultTemporaryStorageMegabytes = 512;
/** Refilling begins a moment after an environment was taken, so that it does not slow down whoever took it. */
const refillDelayMilliseconds = 10;

/** What of a sandbox the pool decides. */
export type StartSettings = Omit<SandboxSpec, 'id'>;

/** What the pool knows of an environment. */
export interface Poolable {
  readonly state: EnvironmentState;
  readonly executable: ExecutableFunction | null;
  readonly started: Promise<void>;
  readonly ended: Promise<void>;
  readonly idleSince: number;
  retired: boolean;
  end(): void;
}

export interface PoolOptions<Pooled extends Poolable = Environment> {
  /** Starts a process; it becomes usable when its `started` is fulfilled. */
  start(settings: StartSettings): Pooled;
  placesQuickly(fileCount: number): boolean;
  /** Environments kept ready for each runtime in use. */
  prewarmedPerRuntime: number;
  /** Environments that may be starting at a time. More only make each other slow. */
  maxStarting: number;
  idleMilliseconds: number;
  clock: EngineClock;
  /** Whether so little memory is left that an idle environment should make room for a new one. */
  memoryIsShort(): boolean;
  onProblem(problem: string): void;
}

/**
 * Execution environments that wait: prewarmed ones for any function of their runtime, idle ones for the next event of
 * theirs, used last in first out so that those that nobody needs grow old and are ended.
 */
export class Pool<Pooled extends Poolable = Environment> {
  readonly #options: PoolOptions<Pooled>;
  readonly #prewarmed = new Map<AvailableRuntime, Pooled[]>();
  readonly #idle = new Map<string, Pooled[]>();
  readonly #all = new Set<Pooled>();
  readonly #waitingForStart: (() => void)[] = [];
  readonly #refills = new Map<AvailableRuntime, NodeJS.Timeout>();
  #starting = 0;
  #stopped = false;

  constructor(options: PoolOptions<Pooled>) {
    this.#options = options;
  }

  /** Number of environments that have not ended, in whatever state. */
  get size(): number {
    return this.#all.size;
  }

  /** Keeps environments of this runtime ready from now on. */
  prewarm(runtime: AvailableRuntime): void {
    if (!this.#prewarmed.has(runtime)) this.#prewarmed.set(runtime, []);
    this.#scheduleRefill(runtime);
  }

  /** @returns the most recently used idle environment of this function version, or null. */
  takeIdle(executable: ExecutableFunction): Pooled | null {
    const waiting = this.#idle.get(keyOf(executable));
    for (let environment = waiting?.pop(); environment; environment = waiting?.pop()) {
      if (environment.state === 'idle') return environment;
    }
    return null;
  }

  /**
   * @returns an environment in the state `prewarmed` that is the caller's alone.
   * @throws ServiceError ServiceException when it does not start.
   */
  async takeNew(executable: ExecutableFunction, runtime: AvailableRuntime): Promise<Pooled> {
    const settings = this.#settingsFor(executable, runtime);
    if (isOrdinary(settings)) {
      const environment = this.#takePrewarmed(runtime);
      this.prewarm(runtime);
      if (environment && (await hasStarted(environment))) return environment;
    }
    return this.#start(settings);
  }

  /** Takes back an environment after its invocation: it becomes idle, unless it is not to be used again. */
  release(environment: Pooled): void {
    const { executable } = environment;
    if (environment.state !== 'idle' || environment.retired || this.#stopped || !executable) {
      environment.end();
      return;
    }
    const key = keyOf(executable);
    const waiting = this.#idle.get(key);
    if (waiting) waiting.push(environment);
    else this.#idle.set(key, [environment]);
  }

  /** Ends the idle environments of other revisions of the version; busy ones end after their invocation. */
  retire(functionArn: string, version: string, currentRevisionId: string | null): void {
    for (const environment of this.#all) {
      const { executable } = environment;
      if (executable?.functionArn !== functionArn || executable.version !== version) continue;
      if (executable.revisionId === currentRevisionId) continue;
      environment.retired = true;
      if (environment.state === 'idle') environment.end();
    }
  }

  /** Ends what has been idle for too long. */
  reap(): void {
    const oldest = this.#options.clock.monotonic() - this.#options.idleMilliseconds;
    for (const [key, waiting] of this.#idle) {
      const kept = waiting.filter(
        (environment) => environment.state === 'idle' && environment.idleSince > oldest,
      );
      for (const environment of waiting) if (!kept.includes(environment)) environment.end();
      if (kept.length > 0) this.#idle.set(key, kept);
      else this.#idle.delete(key);
    }
  }

  /** Ends every environment and waits until no process is left. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#refills.values()) clearTimeout(timer);
    await Promise.all(
      [...this.#all].map((environment) => {
        environment.end();
        return environment.ended;
      }),
    );
  }

  #settingsFor(executable: ExecutableFunction, runtime: AvailableRuntime): StartSettings {
    const placesQuickly = this.#options.placesQuickly(executable.codeFileCount + executable.layersFileCount);
    const variables = startVariables(executable, runtime);
    // A variable such as NODE_OPTIONS may name a file of the package, which must be there from the start then.
    const needsCode = !placesQuickly || Object.keys(variables).length > 0;
    return {
      runtime,
      temporaryStorageMegabytes: executable.ephemeralStorageMegabytes,
      variables,
      codeDirectory: needsCode ? executable.codeDirectory : null,
      layersDirectory: needsCode ? executable.layersDirectory : null,
      aheadOfNeed: false,
    };
  }

  /** The first that is up, or else the one that has been starting for the longest time. */
  #takePrewarmed(runtime: AvailableRuntime): Pooled | null {
    const waiting = this.#prewarmed.get(runtime) ?? [];
    const ready = waiting.findIndex((environment) => environment.state === 'prewarmed');
    return waiting.splice(Math.max(ready, 0), 1)[0] ?? null;
  }

  async #start(settings: StartSettings): Promise<Pooled> {
    if (this.#starting >= this.#options.maxStarting) {
      await new Promise<void>((resolve) => this.#waitingForStart.push(resolve));
    }
    this.#makeRoom();
    const environment = this.#launch(settings);
    try {
      await environment.started;
      return environment;
    } catch (cause) {
      this.#options.onProblem(`An execution environment does not start: ${(cause as Error).message}`);
      throw new ServiceError('ServiceException', 'The execution environment could not be started.', {
        cause,
      });
    }
  }

  #launch(settings: StartSettings): Pooled {
    if (this.#stopped) throw new ServiceError('ServiceException', 'The server is shutting down.');
    const environment = this.#options.start(settings);
    this.#all.add(environment);
    this.#starting++;
    void environment.ended.then(() => this.#all.delete(environment));
    void hasStarted(environment).then(() => {
      this.#starting--;
      this.#waitingForStart.shift()?.();
    });
    return environment;
  }

  #scheduleRefill(runtime: AvailableRuntime): void {
    if (this.#stopped || this.#refills.has(runtime)) return;
    const timer = setTimeout(() => {
      this.#refills.delete(runtime);
      this.#refill(runtime);
    }, refillDelayMilliseconds);
    this.#refills.set(runtime, timer.unref());
  }

  /** Starts one missing environment, and the next when that is up; whoever waits for a start goes first. */
  #refill(runtime: AvailableRuntime): void {
    const waiting = this.#prewarmed.get(runtime);
    if (!waiting || waiting.length >= this.#options.prewarmedPerRuntime || this.#options.memoryIsShort())
      return;
    if (this.#starting > 0) {
      this.#scheduleRefill(runtime);
      return;
    }
    const environment = this.#launch({
      runtime,
      temporaryStorageMegabytes: defaultTemporaryStorageMegabytes,
      variables: {},
      codeDirectory: null,
      layersDirectory: null,
      aheadOfNeed: true,
    });
    waiting.push(environment);
    void environment.ended.then(() => {
      const place = waiting.indexOf(environment);
      if (place !== -1) waiting.splice(place, 1);
    });
    environment.started.then(
      () => this.#refill(runtime),
      // Not tried again before the next invocation asks: what does not start would be started for ever.
      (error: Error) => {
        if (!this.#stopped)
          this.#options.onProblem(`A prewarmed environment does not start: ${error.message}`);
      },
    );
  }

  #makeRoom(): void {
    if (!this.#options.memoryIsShort()) return;
    const idle = [...this.#all].filter((environment) => environment.state === 'idle');
    idle.sort((one, other) => one.idleSince - other.idleSince)[0]?.end();
  }
}

/** Environments are reused between invocations that agree in this. */
function keyOf(executable: ExecutableFunction): string {
  return `${executable.functionArn}:${executable.version}:${executable.revisionId}`;
}

function isOrdinary(settings: StartSettings): boolean {
  return (
    settings.codeDirectory === null && settings.temporaryStorageMegabytes === defaultTemporaryStorageMegabytes
  );
}

function hasStarted(environment: Poolable): Promise<boolean> {
  return environment.started.then(
    () => true,
    () => false,
  );
}
