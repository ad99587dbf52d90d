import { ServiceError } from '../../core/errors.ts';
import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import type { EngineClock } from './clock.ts';
import type { Environment, InitOutcome } from './environment.ts';
import { EnvironmentLog } from './environment-log.ts';
import { initReportLine, initStartLine } from './log-lines.ts';
import type { Pool } from './pool.ts';
import type { AvailableRuntime, UnavailableRuntime } from './runtimes.ts';
import type { Telemetry } from './telemetry.ts';
import { judge, statusOf } from './verdict.ts';

/** What starting environments takes. */
export interface StartParts {
  pool: Pool;
  runtimes: ReadonlyMap<string, AvailableRuntime | UnavailableRuntime>;
  clock: EngineClock;
  /** @returns a random UUID. */
  uuid(): string;
  telemetry: Telemetry | undefined;
  /** Upper bound of one environment's share of the CPU. */
  cpuCount: number;
}

/** An environment for one invocation. */
export interface Start {
  environment: Environment;
  log: EnvironmentLog;
  /** Only when it has just been initialized for this invocation. */
  initMilliseconds?: number;
  /** False when initialization failed: Lambda repeats it as a part of the invocation. */
  isInitialized: boolean;
}

/** AWS: the time that initialization has before it is repeated within the invocation. */
const initLimitMilliseconds = 10_000;
/** AWS: memory that comes with one CPU core. */
const megabytesPerCore = 1769;

/**
 * Gets a new environment and loads the function into it.
 * @throws ServiceError InvalidRuntimeException, ServiceException
 */
export async function coldStart(parts: StartParts, executable: ExecutableFunction): Promise<Start> {
  const runtime = findRuntime(parts, executable.runtime);
  const environment = await parts.pool.takeNew(executable, runtime);
  const log = new EnvironmentLog(executable, streamName(parts, executable), parts.telemetry);
  log.write(initStartLine(runtime, executable.region), parts.clock.now());
  const began = parts.clock.monotonic();
  const outcome = await initialize(parts, { environment, log }, executable, 'init', initLimitMilliseconds);
  if (outcome.kind === 'ready') {
    return { environment, log, initMilliseconds: parts.clock.monotonic() - began, isInitialized: true };
  }
  return { environment: await parts.pool.takeNew(executable, runtime), log, isInitialized: false };
}

/** Loads the function's code; a failure is logged as Lambda does. */
export async function initialize(
  parts: StartParts,
  { environment, log }: Pick<Start, 'environment' | 'log'>,
  executable: ExecutableFunction,
  phase: 'init' | 'invoke',
  limitMilliseconds: number,
): Promise<InitOutcome> {
  const began = parts.clock.monotonic();
  let outcome: InitOutcome;
  try {
    outcome = await environment.initialize(executable, log, limitMilliseconds);
  } catch (cause) {
    throw new ServiceError('ServiceException', 'The code of the function could not be made available.', {
      cause,
    });
  }
  if (outcome.kind === 'ready') {
    environment.limitCpu(Math.min(executable.memoryMegabytes / megabytesPerCore, parts.cpuCount));
    return outcome;
  }
  const milliseconds = Math.min(parts.clock.monotonic() - began, limitMilliseconds);
  const verdict = judge(outcome, { requestId: '', timeoutSeconds: executable.timeoutSeconds, timestamp: 0 });
  log.write(initReportLine({ milliseconds, phase, status: statusOf(verdict) }), parts.clock.now());
  return outcome;
}

function findRuntime(parts: StartParts, name: string): AvailableRuntime {
  const runtime = parts.runtimes.get(name);
  if (runtime && 'entry' in runtime) return runtime;
  const reason = runtime
    ? `is not installed on this machine. ${runtime.remedy}`
    : 'is not supported by Hearth.';
  throw new ServiceError('InvalidRuntimeException', `The runtime ${name} ${reason}`);
}

function streamName(parts: StartParts, executable: ExecutableFunction): string {
  const day = new Date(parts.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[${executable.version}]${parts.uuid().replaceAll('-', '')}`;
}
