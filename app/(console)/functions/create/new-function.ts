import type { NodeRuntime } from '../../../../components/field-rules.ts';
import { limits } from '../../../../core/limits.ts';
import type { ModuleFormat } from './read-blueprints.ts';

/** What the form asks. Numbers are as typed. */
export interface NewFunctionForm {
  name: string;
  runtime: NodeRuntime;
  format: ModuleFormat;
  /** MB. */
  memory: string;
  /** Seconds. */
  timeout: string;
}

export const emptyForm: NewFunctionForm = {
  name: '',
  runtime: 'nodejs24.x',
  format: 'esm',
  memory: String(limits.memoryMegabytes.default),
  timeout: String(limits.timeoutSeconds.default),
};

/** A free name after the blueprint; none for the blank one. */
export function suggestName(blueprintId: string, taken: readonly string[]): string {
  if (blueprintId === 'blank') return '';
  let name = blueprintId;
  for (let number = 2; taken.includes(name); number += 1) name = `${blueprintId}-${number}`;
  return name;
}
