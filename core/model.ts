import { z } from 'zod';

/** A constraint that AWS's model puts on a text, with AWS's words for it. */
export interface Constraint {
  text: string;
  holds(value: string): boolean;
}

/** What an issue that a model raises itself means; `core/validation.ts` makes errors of them. */
export type IssueKind = 'constraint' | 'sensitive-constraint' | 'serialization' | 'invalid' | 'unsupported';

/** `pattern` as AWS writes it, without anchors; the whole value must match. */
export function pattern(source: string): Constraint {
  const expression = new RegExp(`^(?:${source})$`, 'u');
  return {
    text: `Member must satisfy regular expression pattern: ${source}`,
    holds: (value) => expression.test(value),
  };
}

/** In characters (UTF-16 code units, as AWS counts). */
export function minLength(min: number): Constraint {
  return {
    text: `Member must have length greater than or equal to ${min}`,
    holds: (value) => value.length >= min,
  };
}

/** In characters. */
export function maxLength(max: number): Constraint {
  return {
    text: `Member must have length less than or equal to ${max}`,
    holds: (value) => value.length <= max,
  };
}

/** A string. */
export function text(...constraints: Constraint[]) {
  return z.string().superRefine((value, context) => {
    for (const broken of constraints.filter(({ holds }) => !holds(value))) raise(context, broken.text);
  });
}

/** A string out of a set, in the order that AWS prints it. */
export function choice<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: `Member must satisfy enum value set: [${values.join(', ')}]` });
}

/** `choice` as a constraint on the members of a list. */
export function choiceOf(values: readonly string[]): Constraint {
  return {
    text: `Member must satisfy enum value set: [${values.join(', ')}]`,
    holds: (value) => values.includes(value),
  };
}

/** A whole number. */
export function integer({ min, max }: { min: number; max: number }) {
  return z.int().superRefine((value, context) => {
    if (value < min) raise(context, `Member must have value greater than or equal to ${min}`);
    if (value > max) raise(context, `Member must have value less than or equal to ${max}`);
  });
}

/** A whole number that arrives in the query string. */
export function queryInteger(range: { min: number; max: number }) {
  return z.preprocess(readInteger, integer(range).optional());
}

/** A whole number that arrives in the path. */
export function pathInteger() {
  return z.preprocess(readInteger, z.int());
}

function readInteger(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}

/** Bytes, which JSON carries in base64. */
export function blob() {
  return z.string().transform((value, context) => {
    const bytes = Buffer.from(value, 'base64');
    // Buffer skips what is not base64, so the length tells.
    const length = Math.floor((value.replace(/={1,2}$/, '').length * 3) / 4);
    if (bytes.length !== length)
      raise(context, 'STRING_VALUE can not be converted to a Blob', 'serialization');
    return bytes;
  });
}

/** A list of strings; lengths are in members. */
export function list(
  constraints: Constraint[],
  { min = 0, max = Number.POSITIVE_INFINITY }: { min?: number; max?: number } = {},
) {
  return z.array(z.string()).superRefine((values, context) => {
    if (values.length < min) raise(context, minLength(min).text);
    if (values.length > max) raise(context, maxLength(max).text);
    if (!values.every((value) => constraints.every(({ holds }) => holds(value)))) {
      raise(context, `Member must satisfy constraint: [${constraints.map(({ text }) => text).join(', ')}]`);
    }
  });
}

/** A map of strings to strings; the value of a sensitive one is not repeated in errors. */
export function map({
  keys,
  values,
  sensitive,
}: {
  keys: Constraint[];
  values: Constraint[];
  sensitive: boolean;
}) {
  const kind = sensitive ? 'sensitive-constraint' : 'constraint';
  const check = (members: string[], constraints: Constraint[], who: string, context: z.RefinementCtx) => {
    if (members.every((member) => constraints.every(({ holds }) => holds(member)))) return;
    const texts = constraints.map(({ text }) => text).join(', ');
    raise(context, `${who} must satisfy constraint: [${texts}]`, kind);
  };
  return z.record(z.string(), z.string()).superRefine((record, context) => {
    check(Object.keys(record), keys, 'Map keys', context);
    check(Object.values(record), values, 'Map value', context);
  });
}

/** A map of strings to numbers, which need not be whole. */
export function numberMap({
  keys,
  values: { min, max },
}: {
  keys: Constraint[];
  values: { min: number; max: number };
}) {
  return z.record(z.string(), z.number()).superRefine((record, context) => {
    const notNull = 'Member must not be null';
    if (!Object.keys(record).every((key) => keys.every(({ holds }) => holds(key)))) {
      const texts = [...keys.map(({ text }) => text), notNull].join(', ');
      raise(context, `Map keys must satisfy constraint: [${texts}]`);
    }
    if (!Object.values(record).every((value) => value >= min && value <= max)) {
      const most = `Member must have value less than or equal to ${max.toFixed(1)}`;
      const least = `Member must have value greater than or equal to ${min.toFixed(1)}`;
      raise(context, `Map value must satisfy constraint: [${most}, ${least}, ${notNull}]`);
    }
  });
}

/**
 * A structure of AWS's model. The type parameter is the AWS SDK's type of it, so leaving a member out is an error at
 * compile time. Members that AWS's model does not know are ignored, as AWS ignores them.
 */
export function structure<Shape extends object>() {
  return <Members extends { [Member in keyof Required<Shape>]: z.ZodType }>(
    members: Members & { [Extra in Exclude<keyof Members, keyof Shape>]: never },
  ) => z.object(members as Members);
}

/** A member that Hearth does not honour yet: refused by name, unless its value asks for nothing. */
export function unsupported<Schema extends z.ZodType>(
  schema: Schema,
  asksForNothing: (value: z.output<Schema>) => boolean,
) {
  const optional = schema.optional().superRefine((value, context) => {
    if (value !== undefined && !asksForNothing(value as z.output<Schema>)) raise(context, '', 'unsupported');
  });
  // For docs/api.md, which lists these members.
  return optional.meta({ unsupported: true });
}

/** Adds an issue to a model; `message` is AWS's text for it. */
function raise(context: z.RefinementCtx, message: string, kind: IssueKind = 'constraint'): void {
  context.addIssue({ code: 'custom', message, params: { kind } });
}
