import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import path from 'node:path';

/** How long a process may take to stop before it is killed: the longest function timeout, and a little. */
const stopMilliseconds = 905_000;

/**
 * A process of Hearth. It holds one end of a socket (file descriptor 3): it writes one line of JSON there when
 * it is ready, and stops when the other end closes, so that it never outlives whoever started it.
 */
export class ManagedProcess<Ready> {
  static readonly #running = new Set<ChildProcess>();
  readonly ready: Promise<Ready>;
  /** Resolves to a sentence about how it ended. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;

  constructor(script: string, environment: NodeJS.Dict<string>, scriptArguments: readonly string[] = []) {
    this.#child = spawn(process.execPath, [script, '--control-fd=3', ...scriptArguments], {
      env: {
        ...environment,
        NODE_ENV: environment.NODE_ENV === 'development' ? 'development' : 'production',
      },
      stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
      // Out of the terminal's process group: Ctrl-C reaches the starter alone, which stops the others in order.
      detached: true,
    });
    ManagedProcess.#running.add(this.#child);
    this.ended = new Promise((resolve) => {
      this.#child.once('error', (error) => resolve(`${script} could not be started: ${error.message}`));
      this.#child.once('exit', (code, signal) => {
        ManagedProcess.#running.delete(this.#child);
        resolve(
          `${path.basename(path.dirname(script))}/${path.basename(script)} ended (${signal ?? `exit ${code}`})`,
        );
      });
    });
    this.ready = Promise.race([
      firstLine(this.#child.stdio[3] as Socket).then((line) => JSON.parse(line) as Ready),
      this.ended.then((how) => Promise.reject(new Error(how))),
    ]);
    this.ready.catch(() => {});
  }

  /** Asks it to stop, and waits until it has. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), stopMilliseconds);
    await this.ended;
    clearTimeout(timer);
  }

  /** Ends every process at once, whatever it is doing. */
  static killAll(): void {
    for (const child of ManagedProcess.#running) child.kill('SIGKILL');
  }
}

function firstLine(stream: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    stream.on('error', () => {});
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
  });
}
