import { limits } from '../core/limits.ts';

/** Runtimes that Hearth runs, the newest first. */
export const runtimes = [
  { value: 'nodejs24.x', label: 'Node.js 24' },
  { value: 'nodejs22.x', label: 'Node.js 22' },
] as const;

export type NodeRuntime = (typeof runtimes)[number]['value'];

/** Why a name is refused for a new function; undefined when it is not. */
export function functionNameProblem(name: string, taken: readonly string[] = []): string | undefined {
  if (name === '') return 'Enter a name.';
  if (!/^[a-zA-Z0-9-_]+$/.test(name)) return 'Use letters, digits, hyphens and underscores.';
  if (name.length > limits.functionNameLength)
    return `At most ${limits.functionNameLength} characters; this has ${name.length}.`;
  if (taken.includes(name)) return 'There is a function of that name already.';
  return undefined;
}

/** Why a whole number is refused; undefined when it is not. */
export function numberProblem(
  text: string,
  { min, max }: { min: number; max: number },
  unit: string,
): string | undefined {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < min || value > max) {
    return `A whole number from ${min} to ${max.toLocaleString('en')} ${unit}.`;
  }
  return undefined;
}

/** Why a handler is refused; undefined when it is not. CreateFunction, parameter Handler. */
export function handlerProblem(handler: string): string | undefined {
  if (!/^[^\s]+$/.test(handler)) return 'A file and its export, without spaces: index.handler.';
  if (!handler.includes('.')) return 'Name the export too, after a dot: index.handler.';
  if (handler.length > 128) return 'At most 128 characters.';
  return undefined;
}
