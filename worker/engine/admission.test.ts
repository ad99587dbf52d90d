import { expect, test } from 'vitest';
import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import { Admission } from './admission.ts';

const executable = { accountId: '000000000000', functionArn: 'arn:one' } as ExecutableFunction;
const other = { ...executable, functionArn: 'arn:other' };

/** Two for every account, less what functions have reserved. */
function admissionWith(reserved: Record<string, number> = {}) {
  const total = Object.values(reserved).reduce((sum, executions) => sum + executions, 0);
  return new Admission({ of: ({ functionArn }) => reserved[functionArn], unreserved: () => 2 - total });
}

function refusal(Reason: string) {
  const refused = { code: 'TooManyRequestsException', status: 429, message: 'Rate Exceeded.' };
  return expect.objectContaining({ ...refused, details: { Reason } });
}

test('what an account may have running at a time is a limit, and what ended makes room', () => {
  const admission = admissionWith();
  const admitted = admission.admit(executable);
  admission.admit(other);
  expect(() => admission.admit(executable)).toThrow(refusal('ConcurrentInvocationLimitExceeded'));
  admission.admit({ ...executable, accountId: '111111111111' });
  admission.release(admitted);
  admission.admit(executable);
});

test('what a function has reserved is its own, and all that it can have', () => {
  const admission = admissionWith({ 'arn:one': 1 });
  const admitted = admission.admit(executable);
  expect(() => admission.admit(executable)).toThrow(
    refusal('ReservedFunctionConcurrentInvocationLimitExceeded'),
  );
  admission.admit(other);
  expect(() => admission.admit(other)).toThrow(refusal('ConcurrentInvocationLimitExceeded'));
  admission.release(admitted);
  admission.admit(executable);
});

test('a function that has reserved nothing at all is off', () => {
  const admission = admissionWith({ 'arn:one': 0 });
  expect(() => admission.admit(executable)).toThrow(
    refusal('ReservedFunctionConcurrentInvocationLimitExceeded'),
  );
});

test('a reservation that changes meanwhile leaves nothing counted', () => {
  const reserved: Record<string, number> = {};
  const admission = new Admission({ of: ({ functionArn }) => reserved[functionArn], unreserved: () => 1 });
  const before = admission.admit(executable);
  reserved['arn:one'] = 1;
  const after = admission.admit(executable);
  admission.release(before);
  admission.release(after);
  delete reserved['arn:one'];
  admission.admit(other);
});
