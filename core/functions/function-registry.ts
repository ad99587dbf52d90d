import type { ExecutableFunction } from './executable-function.ts';

/** Told when a function's revision changed; `revisionId` is null when the function is gone. */
export type FunctionChangeListener = (functionArn: string, revisionId: string | null) => void;

/** What the control plane keeps of functions in memory, by unqualified ARN. */
export class FunctionRegistry {
  readonly #executables = new Map<string, ExecutableFunction>();
  readonly #listeners = new Set<FunctionChangeListener>();
  /** The last piece of work queued for each function that has any. */
  readonly #tails = new Map<string, Promise<unknown>>();
  readonly #background = new Set<Promise<void>>();

  /** What to run, when it is known and nothing has changed since. */
  executable(functionArn: string): ExecutableFunction | undefined {
    return this.#executables.get(functionArn);
  }

  /** Call it inside `exclusively`, with what the database says there. */
  remember(executable: ExecutableFunction): void {
    this.#executables.set(executable.functionArn, executable);
  }

  /** Makes the next invocation ask the database. */
  forget(functionArn: string): void {
    this.#executables.delete(functionArn);
  }

  /** Returns what ends the subscription. */
  onChange(listener: FunctionChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets the function and tells everybody of its new revision. */
  announce(functionArn: string, revisionId: string | null): void {
    this.forget(functionArn);
    for (const listener of this.#listeners) listener(functionArn, revisionId);
  }

  /** Runs work on one function after all work on it that was asked for before. */
  async exclusively<Result>(functionArn: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#tails.get(functionArn) ?? Promise.resolve();
    const result = before.then(work);
    const tail = result.catch(() => undefined);
    this.#tails.set(functionArn, tail);
    try {
      return await result;
    } finally {
      if (this.#tails.get(functionArn) === tail) this.#tails.delete(functionArn);
    }
  }

  /** Runs work once the requests at hand are answered; `idle` waits for it. */
  inBackground(work: () => Promise<void>, onError: (error: unknown) => void): void {
    const done = new Promise<void>((resolve) => setImmediate(resolve))
      .then(work)
      .catch(onError)
      .finally(() => this.#background.delete(done));
    this.#background.add(done);
  }

  /** Resolves when no background work is left. */
  async idle(): Promise<void> {
    while (this.#background.size > 0) await Promise.all(this.#background);
  }
}
