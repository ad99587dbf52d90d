import { expect, test } from 'vitest';
import { z } from 'zod';
import type { JsonObject } from './caller.ts';
import {
  blob,
  choice,
  integer,
  list,
  map,
  maxLength,
  minLength,
  pattern,
  queryInteger,
  structure,
  text,
  unsupported,
} from './model.ts';
import { validate } from './validation.ts';

interface Shape {
  Name?: string;
  Size?: number;
  Flag?: boolean;
  Mode?: string;
  Names?: string[];
  Variables?: Record<string, string>;
  Tags?: Record<string, string>;
  Nested?: { Inner?: string };
  MaxItems?: number;
  Bytes?: Uint8Array;
  Layers?: string[];
}

const onlyX = { text: 'Member must satisfy enum value set: [x]', holds: (value: string) => value === 'x' };

const model = structure<Shape>()({
  Name: text(minLength(1), maxLength(3), pattern('[a-z/]*')),
  Size: integer({ min: 1, max: 900 }).optional(),
  Flag: z.boolean().optional(),
  Mode: choice(['A', 'B']).optional(),
  Names: list([onlyX], { min: 1, max: 2 }).optional(),
  Variables: map({ keys: [pattern('[a-z]+')], values: [], sensitive: true }).optional(),
  Tags: map({ keys: [maxLength(2)], values: [maxLength(2)], sensitive: false }).optional(),
  Nested: structure<{ Inner?: string }>()({ Inner: text(maxLength(2)) }).optional(),
  MaxItems: queryInteger({ min: 1, max: 10 }),
  Bytes: blob().optional(),
  Layers: unsupported(list([]), (layers) => layers.length === 0),
});

// @ts-expect-error a model that forgets a member of the shape does not compile.
structure<{ A?: string; B?: string }>()({ A: text() });
// @ts-expect-error nor does one with a member that the shape does not have.
structure<{ A?: string }>()({ A: text(), B: text() });

function refusal(input: JsonObject) {
  try {
    validate(model, { Name: 'a', ...input });
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code}: ${message}`;
  }
  return 'accepted';
}

const one = (text: string) => `ValidationException: 1 validation error detected: ${text}`;

test.each<[string, JsonObject, string]>([
  [
    'a missing member',
    { Name: undefined },
    one("Value null at 'name' failed to satisfy constraint: Member must not be null"),
  ],
  [
    'a null member',
    { Name: null },
    one("Value null at 'name' failed to satisfy constraint: Member must not be null"),
  ],
  [
    'a pattern, printed as AWS writes it',
    { Name: 'A' },
    one(
      "Value 'A' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z/]*",
    ),
  ],
  [
    'a text too short',
    { Name: '' },
    one(
      "Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ),
  ],
  [
    'a number too small',
    { Size: 0 },
    one(
      "Value '0' at 'size' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ),
  ],
  [
    'a number too large',
    { Size: 901 },
    one(
      "Value '901' at 'size' failed to satisfy constraint: Member must have value less than or equal to 900",
    ),
  ],
  [
    'a value out of the set',
    { Mode: 'C' },
    one("Value 'C' at 'mode' failed to satisfy constraint: Member must satisfy enum value set: [A, B]"),
  ],
  [
    'a list too long',
    { Names: ['x', 'x', 'x'] },
    one(
      "Value '[x, x, x]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 2",
    ),
  ],
  [
    'a list member',
    { Names: ['y'] },
    one(
      "Value '[y]' at 'names' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [x]]",
    ),
  ],
  [
    'a null in a list',
    { Names: [null] },
    one("Value null at 'names.1.member' failed to satisfy constraint: Member must not be null"),
  ],
  [
    'a sensitive map key, without its value',
    { Variables: { '1': 'secret' } },
    one(
      "Value at 'variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-z]+]",
    ),
  ],
  [
    'a map value',
    { Tags: { a: 'long' } },
    one(
      "Value '{a=long}' at 'tags' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 2]",
    ),
  ],
  [
    'a nested member',
    { Nested: { Inner: 'long' } },
    one(
      "Value 'long' at 'nested.inner' failed to satisfy constraint: Member must have length less than or equal to 2",
    ),
  ],
  [
    'several at once',
    { Name: 'LONG', Size: 0 },
    "ValidationException: 3 validation errors detected: Value 'LONG' at 'name' failed to satisfy constraint: Member must have length less than or equal to 3; Value 'LONG' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z/]*; Value '0' at 'size' failed to satisfy constraint: Member must have value greater than or equal to 1",
  ],
  [
    'a number for a text',
    { Name: 5 },
    'SerializationException: NUMBER_VALUE can not be converted to a String',
  ],
  [
    'a boolean for a text',
    { Name: true },
    'SerializationException: TRUE_VALUE can not be converted to a String',
  ],
  [
    'a text for a number',
    { Size: '5' },
    'SerializationException: STRING_VALUE can not be converted to an Integer',
  ],
  [
    'a fraction for a whole number',
    { Size: 1.5 },
    'SerializationException: NUMBER_VALUE can not be converted to an Integer',
  ],
  [
    'a text for a boolean',
    { Flag: 'true' },
    'SerializationException: STRING_VALUE can not be converted to a Boolean',
  ],
  [
    'a number for a set',
    { Mode: 5 },
    'SerializationException: NUMBER_VALUE can not be converted to a String',
  ],
  [
    'a structure for a text',
    { Name: {} },
    'SerializationException: Start of structure or map found where not expected.',
  ],
  [
    'a list for a structure',
    { Nested: [] },
    'SerializationException: Start of list found where not expected',
  ],
  ['a text for a structure', { Nested: 'x' }, 'SerializationException: Unexpected field type'],
  ['a text for a list', { Names: 'x' }, 'SerializationException: Unexpected field type'],
  [
    'what is not base64',
    { Bytes: 'a%b' },
    'SerializationException: STRING_VALUE can not be converted to a Blob',
  ],
  [
    '__proto__ as a name',
    { Tags: JSON.parse('{"__proto__":"x"}') },
    'SerializationException: __proto__ can not be the name of a member',
  ],
  [
    'a query number out of range',
    { MaxItems: '0' },
    one(
      "Value '0' at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ),
  ],
  [
    'a query number that is none',
    { MaxItems: 'ten' },
    'SerializationException: STRING_VALUE can not be converted to an Integer',
  ],
  [
    'a member that Hearth does not honour',
    { Layers: ['x'] },
    'InvalidParameterValueException: Hearth does not support Layers yet.',
  ],
])('refuses %s', (_, input, expected) => {
  expect(refusal(input)).toBe(expected);
});

test('a wrong JSON type goes before a broken constraint, and that before an unsupported member', () => {
  expect(refusal({ Name: 'A', Size: 'x', Layers: ['x'] })).toMatch(/^SerializationException/);
  expect(refusal({ Name: 'A', Layers: ['x'] })).toMatch(/^ValidationException/);
});

test('accepts what is right, ignores what AWS does not know, and takes null for nothing', () => {
  expect(
    validate(model, {
      Name: 'a',
      Size: null,
      Unknown: { deep: [1] },
      MaxItems: '7',
      Bytes: 'YWI=',
      Layers: [],
      Variables: { a: '' },
    }),
  ).toEqual({ Name: 'a', MaxItems: 7, Bytes: Buffer.from('ab'), Layers: [], Variables: { a: '' } });
});

test('a request nested deeper than the stack is refused like any other', () => {
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
  expect(refusal({ Name: deep })).toMatch(/^SerializationException/);
  expect(refusal({ Names: [deep] })).toMatch(/^SerializationException/);
});
