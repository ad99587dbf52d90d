import { ServiceError } from '../errors.ts';

/** A statement as far as its shape is checked. */
export interface PolicyStatement {
  Effect: 'Allow' | 'Deny';
  [element: string]: unknown;
}

/**
 * Reads a policy document and checks its shape, not whether its actions and resources exist.
 * @param kind `trust`: says who may assume a role; `permissions`: says what one may do.
 * @throws ServiceError MalformedPolicyDocument.
 */
export function readPolicyDocument(document: string, kind: 'trust' | 'permissions'): PolicyStatement[] {
  const policy = parse(document);
  if (!isObject(policy)) throw malformed('Syntax errors in policy.');
  const { Version: version = '2008-10-17', Statement: given } = policy;
  const statements: unknown[] = Array.isArray(given) ? given : [given];
  if (version !== '2012-10-17' && version !== '2008-10-17') throw malformed('Syntax errors in policy.');
  if (statements.length === 0) throw malformed('Syntax errors in policy.');
  return statements.map((statement) => checkStatement(statement, kind));
}

function checkStatement(statement: unknown, kind: 'trust' | 'permissions'): PolicyStatement {
  if (!isObject(statement)) throw malformed('Syntax errors in policy.');
  const has = (...elements: string[]) => elements.some((element) => statement[element] !== undefined);
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny')
    throw malformed('Syntax errors in policy.');
  if (!has('Action', 'NotAction')) throw malformed('Policy statement must contain actions.');
  if (kind === 'trust') {
    if (has('Resource', 'NotResource')) throw malformed('Has prohibited field Resource');
    if (!has('Principal', 'NotPrincipal')) throw malformed('Missing required field Principal');
  } else {
    if (has('Principal', 'NotPrincipal')) throw malformed('Policy document should not specify a principal.');
    if (!has('Resource', 'NotResource')) throw malformed('Policy statement must contain resources.');
  }
  return { ...statement, Effect: statement.Effect };
}

function parse(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string): ServiceError {
  return new ServiceError('MalformedPolicyDocument', message);
}

/** A document as IAM's answers carry it: percent-encoded as RFC 3986 says. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Characters that count towards IAM's quotas: all but white space. */
export function documentSize(document: string): number {
  return document.replaceAll(/\s/g, '').length;
}
