import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkNewFunctionName, functionArn, parseFunctionName, parseUnqualifiedName } from './arn.ts';
import type { ResourcePolicies } from './permissions/resource-policies.ts';
import { caller } from './test-core.ts';

/** Nobody has given anybody anything. */
const core = { policies: { find: () => undefined } as Partial<ResourcePolicies> as ResourcePolicies };

const parse = (name: string, qualifier?: string) =>
  parseFunctionName(core, caller, 'lambda:GetFunction', name, qualifier);

const nameCharacters = [...'abcXYZ019-_'];
const names = fc
  .string({ unit: fc.constantFrom(...nameCharacters), minLength: 1, maxLength: 64 })
  // A plain name that looks like a part of an ARN is one, as on Lambda.
  .filter((name) => name !== 'function' && !/^\d{12}$/.test(name) && !/^[a-z]{2}-[a-z]+-\d$/.test(name));
const qualifiers = fc.option(fc.constantFrom('$LATEST', '1', '42', 'live', 'a-b_c'), { nil: undefined });

test('every way to name a function means the same function', () => {
  fc.assert(
    fc.property(names, qualifiers, (name, qualifier) => {
      const suffix = qualifier === undefined ? '' : `:${qualifier}`;
      const expected = {
        accountId: caller.accountId,
        region: caller.region,
        functionName: name,
        functionArn: functionArn({ ...caller, functionName: name }),
        qualifier,
      };
      for (const form of [
        name,
        `function:${name}`,
        `${caller.accountId}:function:${name}`,
        `${caller.region}:${caller.accountId}:function:${name}`,
        `arn:aws:lambda:${caller.region}:${caller.accountId}:function:${name}`,
      ]) {
        expect(parse(form + suffix)).toEqual(expected);
        expect(parse(form, qualifier)).toEqual(expected);
        expect(parse(form + suffix, qualifier)).toEqual(expected);
      }
    }),
  );
});

test('an ARN that ends with "function" names a function of that name', () => {
  expect(parse('arn:aws:lambda:us-east-1:111122223333:function').functionName).toBe('function');
});

test('two different qualifiers are refused', () => {
  expect(() => parse('hello:1', '2')).toThrow(
    expect.objectContaining({
      code: 'InvalidParameterValueException',
      message: 'The derived qualifier from the function name does not match the specified qualifier.',
    }),
  );
});

test('a function of another region is not found', () => {
  expect(() => parse('arn:aws:lambda:ap-southeast-1:111122223333:function:hello')).toThrow(
    expect.objectContaining({
      code: 'ResourceNotFoundException',
      message: "Functions from 'ap-southeast-1' are not reachable in this region ('us-east-1')",
    }),
  );
});

test('a function of another account is denied', () => {
  expect(() => parse('999999999999:function:hello')).toThrow(
    expect.objectContaining({
      code: 'AccessDeniedException',
      message:
        'User: arn:aws:iam::111122223333:user/ann is not authorized to perform: lambda:GetFunction on resource: ' +
        'arn:aws:lambda:us-east-1:999999999999:function:hello because no resource-based policy allows the ' +
        'lambda:GetFunction action',
    }),
  );
});

test('operations on the function itself take $LATEST but no other qualifier', () => {
  const unqualified = (name: string) => parseUnqualifiedName(core, caller, 'lambda:UpdateFunctionCode', name);
  expect(unqualified('hello:$LATEST').functionName).toBe('hello');
  expect(() => unqualified('hello:1')).toThrow(/permitted on Lambda functions only/);
});

test('a new name may have 64 characters and no more', () => {
  expect(() => checkNewFunctionName('a'.repeat(64))).not.toThrow();
  expect(() => checkNewFunctionName('a'.repeat(65))).toThrow(
    expect.objectContaining({
      code: 'InvalidParameterValueException',
      message:
        `1 validation error detected: Value '${'a'.repeat(65)}' at 'functionName' failed to satisfy constraint: ` +
        'Member must have length less than or equal to 64',
    }),
  );
});
