import { limits, reservedVariables } from '../../../../../core/limits.ts';

/** One environment variable as typed. */
export interface Variable {
  /** Identity in the list; means nothing else. */
  id: number;
  name: string;
  value: string;
}

/** Why a variable's name is refused; undefined when it is not. */
export function nameProblem({ id, name }: Variable, all: readonly Variable[]): string | undefined {
  if (name === '') return 'Enter a name.';
  if (reservedVariables.has(name)) return 'The runtime sets this one itself.';
  if (!/^[a-zA-Z][a-zA-Z0-9_]+$/.test(name))
    return 'Two or more letters, digits and underscores, beginning with a letter.';
  if (all.some((other) => other.id !== id && other.name === name)) return 'This name is there twice.';
  return undefined;
}

/** What the API takes. */
export function toMap(variables: readonly Variable[]): Record<string, string> {
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}

/** Bytes that variables count for against the 4 KB that a function may have: their JSON. */
export function bytesOf(variables: readonly Variable[]): number {
  return new TextEncoder().encode(JSON.stringify(toMap(variables))).length;
}

/** Whether variables fit into a function. */
export function fits(variables: readonly Variable[]): boolean {
  return bytesOf(variables) <= limits.environmentVariablesBytes;
}
