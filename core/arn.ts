import type { Caller } from './caller.ts';
import type { Core } from './core.ts';
import { ServiceError } from './errors.ts';
import { limits } from './limits.ts';
import { authorize } from './permissions/authorize.ts';

const REGION = '(?:eusc-)?[a-z]{2}(?:(?:-gov)|(?:-iso(?:[a-z]?)))?-[a-z]+-\\d{1}';

/** Every form of a function's name: plain, partial ARN or full ARN, each with a qualifier or without. */
const FUNCTION_NAME = new RegExp(
  `^(?:arn:(?:aws[a-zA-Z-]*)?:lambda:)?(?:(?<region>${REGION}):)?(?:(?<accountId>\\d{12}):)?(?:function:)?` +
    '(?<functionName>[a-zA-Z0-9-_.]+)(?::(?<qualifier>\\$LATEST(?:\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$',
);

/** Which function, and which of its versions, a request means. */
export interface FunctionReference {
  accountId: string;
  region: string;
  functionName: string;
  /** Unqualified. */
  functionArn: string;
  /** As the client gave it, in the name or beside it; undefined when it gave none. */
  qualifier: string | undefined;
}

/** `arn:aws:lambda:<region>:<account>:function:<name>[:<qualifier>]` */
export function functionArn(
  { accountId, region, functionName }: { accountId: string; region: string; functionName: string },
  qualifier?: string,
): string {
  const arn = `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}

/**
 * Reads a FunctionName whose form its model has checked, and the Qualifier parameter beside it, and decides whether
 * the caller may do with it what it asks for.
 * @param action the caller's, such as `lambda:GetFunction`.
 * @throws ServiceError InvalidParameterValueException when the two qualifiers differ,
 *   ResourceNotFoundException for another region, AccessDeniedException for another account that does not allow it.
 */
export function parseFunctionName(
  core: Pick<Core, 'policies'>,
  caller: Caller,
  action: string,
  name: string,
  qualifierParameter?: string,
): FunctionReference {
  const parts = FUNCTION_NAME.exec(name)?.groups;
  if (!parts?.functionName) throw new Error(`Not a checked function name: ${name}`);
  const { functionName, region = caller.region, accountId = caller.accountId, qualifier } = parts;
  if (qualifier !== undefined && qualifierParameter !== undefined && qualifier !== qualifierParameter) {
    throw new ServiceError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  if (region !== caller.region) {
    throw new ServiceError(
      'ResourceNotFoundException',
      `Functions from '${region}' are not reachable in this region ('${caller.region}')`,
    );
  }
  const arn = functionArn({ accountId, region, functionName });
  const asked = qualifier ?? qualifierParameter;
  authorize(core, caller, action, { accountId, resource: arn, qualifier: asked });
  return { accountId, region, functionName, functionArn: arn, qualifier: asked };
}

/**
 * Reads the FunctionName of an operation on the function itself.
 * @throws ServiceError as `parseFunctionName`, and InvalidParameterValueException for a version or alias.
 */
export function parseUnqualifiedName(
  core: Pick<Core, 'policies'>,
  caller: Caller,
  action: string,
  name: string,
): FunctionReference {
  const reference = parseFunctionName(core, caller, action, name);
  if (reference.qualifier === undefined || reference.qualifier === '$LATEST') return reference;
  throw onlyFunctions();
}

/** The refusal of operations on functions to work on a version or alias. */
export function onlyFunctions(): ServiceError {
  return new ServiceError(
    'InvalidParameterValueException',
    'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. ' +
      'Please specify either a function name or an unqualified function ARN.',
  );
}

/** @throws ServiceError InvalidParameterValueException when a new function's name has more than 64 characters. */
export function checkNewFunctionName(functionName: string): void {
  if (functionName.length <= limits.functionNameLength) return;
  throw new ServiceError(
    'InvalidParameterValueException',
    `1 validation error detected: Value '${functionName}' at 'functionName' failed to satisfy constraint: ` +
      `Member must have length less than or equal to ${limits.functionNameLength}`,
  );
}

/** The 404 of every operation on functions; with the qualifier that the client gave. */
export function functionNotFound(
  reference: FunctionReference,
  qualifier = reference.qualifier,
): ServiceError {
  return new ServiceError(
    'ResourceNotFoundException',
    `Function not found: ${functionArn(reference, qualifier)}`,
  );
}
