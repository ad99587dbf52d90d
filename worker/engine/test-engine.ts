import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import { createEngine, type EngineConfig, type EngineOptions } from './create-engine.ts';
import type { Engine, InvokeRequest } from './engine.ts';
import type { InvocationReport, LogEvent } from './telemetry.ts';

/** What a test says of a function; the rest has defaults. */
export interface TestFunction extends Partial<ExecutableFunction> {
  /** Files of the package, by relative path. A string alone is `index.mjs`. */
  files: string | Readonly<Record<string, string>>;
  /** Files of the merged layers, by path below `/opt`. */
  layers?: Readonly<Record<string, string>>;
}

/** An invocation's result, its payload parsed and its log as text. */
export interface TestResult {
  payload: unknown;
  functionError: string | undefined;
  log: string;
}

/** A real engine on a directory of its own, for tests that run functions. */
export class TestEngine implements AsyncDisposable {
  readonly engine: Engine;
  readonly dataDirectory: string;
  readonly warnings: string[] = [];
  /** Everything that was logged by any function. */
  readonly logged: LogEvent[] = [];
  readonly reports: InvocationReport[] = [];

  private constructor(
    settings: Partial<EngineConfig>,
    runtimes: EngineOptions['runtimes'],
    nameServers: EngineOptions['nameServers'],
  ) {
    this.dataDirectory = mkdtempSync(path.join(os.tmpdir(), 'hearth-engine-'));
    this.engine = createEngine({
      runtimes,
      nameServers,
      config: {
        dataDirectory: this.dataDirectory,
        prewarmedEnvironments: 1,
        idleSeconds: 60,
        cpuCount: os.availableParallelism(),
        allowUnsandboxed: false,
        functionNetwork: 'none',
        ...settings,
      },
      log: { warn: (message) => this.warnings.push(message) },
      telemetry: {
        log: (_executable, _stream, event) => this.logged.push(event),
        invocation: (report) => this.reports.push(report),
      },
    });
  }

  static async start(
    settings: Partial<EngineConfig> = {},
    runtimes?: EngineOptions['runtimes'],
    nameServers?: EngineOptions['nameServers'],
  ): Promise<TestEngine> {
    const made = new TestEngine(settings, runtimes, nameServers);
    await made.engine.start();
    return made;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.engine.stop();
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }

  /** Unpacks a function as the control plane would. */
  deploy({ files, layers, ...settings }: TestFunction): ExecutableFunction {
    const name = `function-${randomUUID().slice(0, 8)}`;
    const code = typeof files === 'string' ? { 'index.mjs': files } : files;
    return {
      accountId: '000000000000',
      region: 'us-east-1',
      functionName: name,
      functionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
      version: '$LATEST',
      revisionId: randomUUID(),
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      codeDirectory: this.#unpack(name, code),
      codeFileCount: Object.keys(code).length,
      layersDirectory: layers ? this.#unpack(`${name}-layers`, layers) : null,
      layersFileCount: Object.keys(layers ?? {}).length,
      memoryMegabytes: 512,
      timeoutSeconds: 10,
      ephemeralStorageMegabytes: 512,
      environmentVariables: {},
      logGroupName: `/aws/lambda/${name}`,
      ...settings,
    };
  }

  #unpack(name: string, files: Readonly<Record<string, string>>): string {
    const directory = path.join(this.dataDirectory, 'code', name);
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
      writeFileSync(path.join(directory, file), text);
    }
    return directory;
  }

  /** Invokes a deployed function with an event, given as JSON text or as a value. */
  async invoke(
    executable: ExecutableFunction,
    event: unknown = {},
    request: Partial<InvokeRequest> = {},
  ): Promise<TestResult> {
    const result = await this.engine.invoke({
      requestId: randomUUID(),
      executable,
      invokedFunctionArn: executable.functionArn,
      payload: Buffer.isBuffer(event) ? event : Buffer.from(JSON.stringify(event)),
      traceId: 'Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0',
      tailLog: true,
      ...request,
    });
    return {
      payload: JSON.parse(result.payload.toString()),
      functionError: result.functionError,
      log: result.logTail?.toString() ?? '',
    };
  }

  /** Deploys and invokes once. */
  run(testFunction: TestFunction | string, event: unknown = {}): Promise<TestResult> {
    return this.invoke(
      this.deploy(typeof testFunction === 'string' ? { files: testFunction } : testFunction),
      event,
    );
  }
}

/** Why functions cannot be run in a sandbox here, or null. Tests that need one are skipped with this reason. */
export async function sandboxProblem(): Promise<string | null> {
  await using probe = await TestEngine.start({ prewarmedEnvironments: 0 });
  const { driver, protections } = probe.engine.isolation();
  return driver === 'bubblewrap' ? null : protections.map(({ detail }) => detail).join(' ');
}
