import type { z } from 'zod';
import type { JsonObject } from './caller.ts';
import { ServiceError } from './errors.ts';
import type { IssueKind } from './model.ts';

/**
 * Checks a request against its model, as AWS's front end does.
 * @throws ServiceError SerializationException for a wrong JSON type, then ValidationException with every broken
 *   constraint, then InvalidParameterValueException for what Hearth does not honour.
 */
export function validate<Model extends z.ZodType>(model: Model, input: JsonObject): z.output<Model> {
  const result = model.safeParse(withoutNulls(input, 0), { reportInput: true });
  if (result.success) return result.data;
  const constraints: string[] = [];
  const unsupported: string[] = [];
  let invalid: string | undefined;
  for (const issue of result.error.issues) {
    const kind = kindOf(issue);
    const at = `at '${memberPath(issue.path)}' failed to satisfy constraint: `;
    if (kind === 'serialization') throw new ServiceError('SerializationException', serializationText(issue));
    if (kind === 'constraint') constraints.push(`Value ${render(issue.input)} ${at}${constraintText(issue)}`);
    if (kind === 'sensitive-constraint') constraints.push(`Value ${at}${constraintText(issue)}`);
    if (kind === 'unsupported') unsupported.push(issue.path.join('.'));
    if (kind === 'invalid') invalid ??= issue.message;
  }
  if (constraints.length > 0) {
    const count = constraints.length === 1 ? '1 validation error' : `${constraints.length} validation errors`;
    throw new ServiceError('ValidationException', `${count} detected: ${constraints.join('; ')}`);
  }
  throw new ServiceError(
    'InvalidParameterValueException',
    invalid ?? `Hearth does not support ${unsupported.join(', ')} yet.`,
  );
}

/** No model is deeper, and a request nested deeper than the stack must not end in an internal error. */
const DEEPEST = 8;

/** A null member means the same to AWS as none. */
function withoutNulls(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object' || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((member) => withoutNulls(member, depth + 1));
  if (Object.hasOwn(value, '__proto__')) {
    throw new ServiceError('SerializationException', '__proto__ can not be the name of a member');
  }
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member, depth + 1)]));
}

function kindOf(issue: z.core.$ZodIssue): IssueKind {
  if (issue.code === 'custom') return (issue.params?.kind as IssueKind | undefined) ?? 'constraint';
  if (issue.input === undefined || issue.input === null) return 'constraint';
  return issue.code === 'invalid_value' && typeof issue.input === 'string' ? 'constraint' : 'serialization';
}

function constraintText(issue: z.core.$ZodIssue): string {
  const missing = issue.code !== 'custom' && (issue.input === undefined || issue.input === null);
  return missing ? 'Member must not be null' : issue.message;
}

/** In the words of AWS's JSON reader, which names tokens after what it met. */
function serializationText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return issue.message;
  const { input } = issue;
  if (Array.isArray(input)) return 'Start of list found where not expected';
  if (typeof input === 'object') return 'Start of structure or map found where not expected.';
  const expected = issue.code === 'invalid_type' ? issue.expected : 'string';
  const token = typeof input === 'boolean' ? String(input).toUpperCase() : (typeof input).toUpperCase();
  const wanted = new Map<string, string>([
    ['string', 'a String'],
    ['int', 'an Integer'],
    ['number', 'an Integer'],
    ['boolean', 'a Boolean'],
  ]).get(expected);
  return wanted ? `${token}_VALUE can not be converted to ${wanted}` : 'Unexpected field type';
}

/** `['VpcConfig', 'SubnetIds', 0]` as `vpcConfig.subnetIds.1.member`. */
function memberPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) =>
      typeof part === 'number'
        ? `${part + 1}.member`
        : String(part).replace(/^[A-Z]/, (c) => c.toLowerCase()),
    )
    .join('.');
}

/** As Java prints it: `'text'`, `'[a, b]'`, `'{key=value}'`, `null`. */
function render(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (Array.isArray(value)) return `'[${value.join(', ')}]'`;
  if (typeof value !== 'object') return `'${value}'`;
  return `'{${Object.entries(value)
    .map(([key, member]) => `${key}=${renderMember(member)}`)
    .join(', ')}}'`;
}

/** Numbers in maps are doubles, which Java prints with a point. */
function renderMember(member: unknown): unknown {
  return Number.isInteger(member) ? Number(member).toFixed(1) : member;
}
