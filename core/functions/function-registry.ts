import type { AliasRouting } from '../aliases/alias-routing.ts';
import type { ExecutableFunction } from './executable-function.ts';

/**
 * Told when the revision of a version of a function changed; `revisionId` is null when the version is gone.
 * @param version `$LATEST` or a number.
 */
export type FunctionChangeListener = (
  functionArn: string,
  version: string,
  revisionId: string | null,
) => void;

/** What the control plane keeps of functions in memory, by unqualified ARN. */
export class FunctionRegistry {
  /** By ARN, then by version. */
  readonly #executables = new Map<string, Map<string, ExecutableFunction>>();
  /** By ARN, then by the alias's name. */
  readonly #routings = new Map<string, Map<string, AliasRouting>>();
  readonly #listeners = new Set<FunctionChangeListener>();
  /** The last piece of work queued for each function that has any. */
  readonly #tails = new Map<string, Promise<unknown>>();
  readonly #background = new Set<Promise<void>>();

  /** What to run, when it is known and nothing has changed since. */
  executable(functionArn: string, version: string): ExecutableFunction | undefined {
    return this.#executables.get(functionArn)?.get(version);
  }

  /** Call it inside `exclusively`, with what the database says there. */
  remember(executable: ExecutableFunction): void {
    const { functionArn, version } = executable;
    const versions = this.#executables.get(functionArn);
    if (versions) versions.set(version, executable);
    else this.#executables.set(functionArn, new Map([[version, executable]]));
  }

  /** Makes the next invocation of the version ask the database. */
  forget(functionArn: string, version: string): void {
    const versions = this.#executables.get(functionArn);
    versions?.delete(version);
    if (versions?.size === 0) this.#executables.delete(functionArn);
  }

  /** Where an alias leads, when it is known and has not changed since. */
  routing(functionArn: string, aliasName: string): AliasRouting | undefined {
    return this.#routings.get(functionArn)?.get(aliasName);
  }

  /** Call it inside `exclusively`, with what the database says there. */
  rememberRouting(functionArn: string, aliasName: string, routing: AliasRouting): void {
    const aliases = this.#routings.get(functionArn);
    if (aliases) aliases.set(aliasName, routing);
    else this.#routings.set(functionArn, new Map([[aliasName, routing]]));
  }

  /** Makes the next invocation by any alias of the function ask the database. */
  forgetRoutings(functionArn: string): void {
    this.#routings.delete(functionArn);
  }

  /** Returns what ends the subscription. */
  onChange(listener: FunctionChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets a version of the function and tells everybody of its new revision. */
  announce(functionArn: string, version: string, revisionId: string | null): void {
    this.forget(functionArn, version);
    for (const listener of this.#listeners) listener(functionArn, version, revisionId);
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
