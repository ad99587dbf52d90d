import { expect, test } from 'vitest';
import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import { Admission } from './admission.ts';

const executable = { accountId: '000000000000' } as ExecutableFunction;

test('what an account may have running at a time is a limit, and what ended makes room', () => {
  const admission = new Admission(2);
  admission.admit(executable);
  admission.admit(executable);
  expect(() => admission.admit(executable)).toThrow(
    expect.objectContaining({
      code: 'TooManyRequestsException',
      status: 429,
      message: 'Rate Exceeded.',
      details: { Reason: 'ConcurrentInvocationLimitExceeded' },
    }),
  );
  admission.admit({ ...executable, accountId: '111111111111' });
  admission.release(executable);
  admission.admit(executable);
});
