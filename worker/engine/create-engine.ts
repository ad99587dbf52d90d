import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { ServiceError } from '../../core/errors.ts';
import { Admission, type ConcurrencyQuotas } from './admission.ts';
import { type EngineClock, systemEngineClock } from './clock.ts';
import type { Engine, InvokeRequest, InvokeResult, IsolationReport, StreamedResult } from './engine.ts';
import { Environment } from './environment.ts';
import { type InvokeParts, invoke, invokeWithResponseStream } from './invoke.ts';
import { Pool } from './pool.ts';
import { type AvailableRuntime, findRuntimes } from './runtimes.ts';
import { type ChosenDriver, chooseDriver } from './sandbox/choose-driver.ts';
import { machineNameServers } from './sandbox/network/name-servers.ts';
import type { SandboxDriver } from './sandbox/sandbox.ts';
import type { Telemetry } from './telemetry.ts';

/** The settings that the engine reads. */
export interface EngineConfig {
  /** Holds `code/` (the unpacked packages) and `environments/`, which is the engine's own. */
  dataDirectory: string;
  prewarmedEnvironments: number;
  idleSeconds: number;
  cpuCount: number;
  allowUnsandboxed: boolean;
  /** What functions may reach, where it can be had. */
  functionNetwork: 'internet' | 'none';
}

export interface EngineOptions {
  config: EngineConfig;
  /** The server's own log. */
  log: { warn(message: string): void };
  clock?: EngineClock;
  /** @returns a random UUID. */
  uuid?: () => string;
  telemetry?: Telemetry;
  /** Unset: nothing is reserved, and every account has AWS's default. */
  concurrency?: ConcurrencyQuotas;
  /** What this machine can run; found by itself when unset. */
  runtimes?: ReturnType<typeof findRuntimes>;
  /** @returns IPv4 addresses of the name servers that functions ask; the machine's own when unset. */
  nameServers?: () => string[];
}

const megabyte = 1024 * 1024;
/** An idle environment makes room for a new one when less memory than this is left. */
const reservedMegabytes = 512;
const reapMilliseconds = 1000;

/** Wires the data plane. Nothing runs before `start`. */
export function createEngine(options: EngineOptions): Engine {
  return new LocalEngine(options);
}

/** The data plane of one machine. */
class LocalEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #runtimes: ReturnType<typeof findRuntimes>;
  #chosen: ChosenDriver | null = null;
  #parts: InvokeParts | null = null;
  #reaper: NodeJS.Timeout | undefined;
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#runtimes = options.runtimes ?? findRuntimes();
  }

  async start(): Promise<void> {
    const { config, log } = this.#options;
    const { dataDirectory, allowUnsandboxed, functionNetwork } = config;
    const runtimes = [...this.#runtimes.values()].filter(
      (runtime): runtime is AvailableRuntime => 'entry' in runtime,
    );
    const instance = `hearth-${createHash('sha256').update(dataDirectory).digest('hex').slice(0, 12)}`;
    this.#chosen = await chooseDriver({
      dataDirectory,
      instance,
      runtimes,
      allowUnsandboxed,
      functionNetwork,
      nameServers: this.#options.nameServers ?? machineNameServers,
      onProblem: (problem) => log.warn(problem),
    });
    for (const { name, active, detail } of this.#chosen.isolation.protections) {
      if (!active) log.warn(`Not protected by ${name}: ${detail}`);
    }
    const { driver } = this.#chosen;
    if (driver?.name === 'process') {
      log.warn('FUNCTIONS RUN WITHOUT ISOLATION, with all rights of the user who runs Hearth.');
    }
    if (!driver) return;
    this.#parts = this.#createParts(driver);
    const newest = runtimes.at(-1);
    if (newest) this.#parts.pool.prewarm(newest);
    this.#reaper = setInterval(() => this.#parts?.pool.reap(), reapMilliseconds).unref();
  }

  async stop(): Promise<void> {
    const parts = this.#parts;
    this.#parts = null;
    clearInterval(this.#reaper);
    await Promise.allSettled(this.#running);
    await parts?.pool.stop();
    await this.#chosen?.driver?.close();
    this.#chosen = null;
  }

  invoke(request: InvokeRequest): Promise<InvokeResult> {
    if (!this.#parts) return Promise.reject(this.#unusable());
    return this.#track(invoke(this.#parts, request));
  }

  invokeWithResponseStream(request: InvokeRequest): Promise<StreamedResult> {
    if (!this.#parts) return Promise.reject(this.#unusable());
    const { result, completed } = invokeWithResponseStream(this.#parts, request);
    void this.#track(completed);
    return result;
  }

  /** `stop` waits for it. */
  #track<T>(running: Promise<T>): Promise<T> {
    this.#running.add(running);
    const forget = () => this.#running.delete(running);
    running.then(forget, forget);
    return running;
  }

  retire(functionArn: string, version: string, currentRevisionId: string | null): void {
    this.#parts?.pool.retire(functionArn, version, currentRevisionId);
  }

  isolation(): IsolationReport {
    if (!this.#chosen) throw new Error('The engine has not been started.');
    return this.#chosen.isolation;
  }

  #unusable(): ServiceError {
    if (!this.#chosen) return new ServiceError('ServiceException', 'The server is not running.');
    const reason = this.#chosen.isolation.protections.map(({ detail }) => detail).join(' ');
    return new ServiceError(
      'ServiceException',
      `${reason} Set HEARTH_ALLOW_UNSANDBOXED=1 to run functions without isolation, with all rights of the user who runs Hearth.`,
    );
  }

  #createParts(driver: SandboxDriver): InvokeParts {
    const { clock = systemEngineClock, uuid = randomUUID, telemetry, config, log } = this.#options;
    const { cpuCount } = config;
    const onProblem = (problem: string) => log.warn(problem);
    const pool = new Pool({
      start: (settings) => {
        const id = uuid();
        return new Environment({
          id,
          runtime: settings.runtime,
          sandbox: driver.start({ ...settings, id }),
          clock,
          reportMemory: !driver.measuresMemory,
          onProblem,
        });
      },
      placesQuickly: (fileCount) => driver.placesQuickly(fileCount),
      prewarmedPerRuntime: config.prewarmedEnvironments,
      maxStarting: cpuCount * 2,
      idleMilliseconds: config.idleSeconds * 1000,
      clock,
      memoryIsShort: () => availableMegabytes() < reservedMegabytes,
      onProblem,
    });
    return {
      admission: new Admission(this.#options.concurrency),
      pool,
      runtimes: this.#runtimes,
      clock,
      uuid,
      telemetry,
      cpuCount,
    };
  }
}

function availableMegabytes(): number {
  try {
    const kilobytes = /^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) / 1024;
  } catch {
    // Not Linux.
  }
  return os.freemem() / megabyte;
}
