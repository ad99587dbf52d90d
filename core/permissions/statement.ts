/** The operators that AddPermission writes. */
type ConditionOperator = 'ArnLike' | 'Bool' | 'StringEquals';

/** A statement of a resource policy, as AddPermission and AddLayerVersionPermission write it; key order counts. */
export interface Statement {
  Sid: string;
  Effect: 'Allow';
  Principal: '*' | { AWS: string } | { Service: string };
  Action: string;
  Resource: string;
  Condition?: { [Operator in ConditionOperator]?: Readonly<Record<string, string>> };
}

/** Who asks: a principal of an account, by its ARN, or a service such as `s3.amazonaws.com`. */
export type Principal = { arn: string; accountId: string } | { service: string };

/** Condition keys, in lower case, and their values for one request. */
export type ConditionContext = Readonly<Record<string, string>>;

/** Whether a statement allows a principal an action. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export function allows(
  statement: Statement,
  principal: Principal,
  action: string,
  context: ConditionContext = {},
): boolean {
  return (
    isPrincipal(statement.Principal, principal) &&
    matches(statement.Action.toLowerCase(), action.toLowerCase()) &&
    holds(statement.Condition ?? {}, context)
  );
}

function isPrincipal(wanted: Statement['Principal'], principal: Principal): boolean {
  if (wanted === '*') return true;
  if ('service' in principal) return 'Service' in wanted && wanted.Service === principal.service;
  if (!('AWS' in wanted)) return false;
  // The root of an account stands for everybody in it.
  return wanted.AWS === principal.arn || wanted.AWS === `arn:aws:iam::${principal.accountId}:root`;
}

/** A key that the request does not have makes every one of these operators false. */
function holds(condition: NonNullable<Statement['Condition']>, context: ConditionContext): boolean {
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const value = context[key.toLowerCase()];
      if (value === undefined) return false;
      if (operator === 'ArnLike') return isArnLike(wanted, value);
      if (operator === 'Bool') return value.toLowerCase() === wanted.toLowerCase();
      return value === wanted;
    }),
  );
}

/** Each of the six parts of an ARN is compared by itself: wildcards do not reach over a colon but in the last. */
function isArnLike(pattern: string, arn: string): boolean {
  const wanted = arnParts(pattern);
  const parts = arnParts(arn);
  return wanted.length === parts.length && wanted.every((part, index) => matches(part, parts[index] ?? ''));
}

function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** `*` is any text and `?` any character. Linear but for the number of stars, whatever the pattern. */
function matches(pattern: string, text: string): boolean {
  let at = 0;
  let seen = 0;
  let star = -1;
  let resume = 0;
  while (seen < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      resume = seen;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[seen])) {
      at++;
      seen++;
    } else if (star !== -1) {
      at = star + 1;
      seen = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
