import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** The root key pair of every server that the tests start. */
const rootAccessKey = {
  accessKeyId: 'AKIAHEARTHEXAMPLE000',
  secretAccessKey: 'example/secret+of/a+test+server/0123456789',
};

export interface HearthOptions {
  /** Also starts the console. */
  console?: boolean;
  /** Kept from an earlier server; a fresh one when absent. */
  dataDirectory?: string;
  /** `HEARTH_*` settings beside the harness's own. */
  settings?: Record<string, string>;
}

/** A server started as a user starts it, on free ports and a data directory of its own. */
export interface Hearth {
  apiOrigin: string;
  /** Empty without a console. */
  consoleOrigin: string;
  /** The one-time link for the first administrator, while there is none. */
  setupLink: string | undefined;
  dataDirectory: string;
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  /** The process that `npm start` leads to. */
  pid: number;
  /** Everything it printed. */
  output(): string;
  /** Stops as Ctrl-C does and resolves to the exit code; removes the data directory unless it was given. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would: all processes by SIGKILL, the data directory stays. */
  kill(): Promise<void>;
}

/**
 * Starts a server.
 * @throws Error with its output when it ends before it is ready.
 */
export async function startHearth(options: HearthOptions = {}): Promise<Hearth> {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(path.join(os.tmpdir(), 'hearth-e2e-'));
  const child = spawn(
    process.execPath,
    [path.join(root, 'scripts/start.ts'), ...(options.console ? [] : ['--no-console'])],
    {
      cwd: root,
      env: {
        ...cleanEnvironment(),
        HEARTH_API_PORT: '0',
        HEARTH_CONSOLE_PORT: '0',
        HEARTH_DATA_DIR: dataDirectory,
        HEARTH_LOG_LEVEL: 'warn',
        HEARTH_ROOT_ACCESS_KEY_ID: rootAccessKey.accessKeyId,
        HEARTH_ROOT_SECRET_ACCESS_KEY: rootAccessKey.secretAccessKey,
        ...options.settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      // The announcement ends with an empty line after the paths it prints.
      if (/Hearth is ready[\s\S]*AWS clients[\s\S]*\n\n/.test(output)) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    exited.then((code) => reject(new Error(`Hearth ended with exit code ${code}:\n${output}`)));
  });
  const printed = (pattern: RegExp) => pattern.exec(output)?.[1] ?? '';
  return {
    apiOrigin: printed(/API +(http\S+)/),
    consoleOrigin: printed(/Console +(http\S+)/),
    setupLink: printed(/(http\S+\/setup\?token=\S+)/) || undefined,
    dataDirectory,
    ...rootAccessKey,
    region: options.settings?.HEARTH_REGION ?? 'us-east-1',
    pid: child.pid ?? 0,
    output: () => output,
    stop: async () => {
      child.kill('SIGTERM');
      const code = await exited;
      if (!options.dataDirectory) rmSync(dataDirectory, { recursive: true, force: true });
      return code;
    },
    kill: async () => {
      for (const pid of [child.pid ?? 0, ...descendantsOf(child)]) endProcess(pid);
      await exited;
    },
  };
}

/** The pids below a process, from /proc. */
export function descendantsOf(processOrPid: ChildProcess | number): number[] {
  const top = typeof processOrPid === 'number' ? processOrPid : (processOrPid.pid ?? 0);
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended while we looked.
    }
  }
  const found = new Set([top]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  found.delete(top);
  return [...found];
}

/** The environment without the settings of whoever runs the tests. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(HEARTH|AWS|VITEST|NODE_OPTIONS)/.test(name),
  );
  return { ...Object.fromEntries(kept), NODE_ENV: 'production' };
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
