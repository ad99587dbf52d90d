import { expect, test } from 'vitest';
import { ApiError, errorOf, fieldErrors } from './api-error.ts';

test('the text is read from either spelling of the message member', async () => {
  for (const member of ['message', 'Message']) {
    const response = Response.json(
      { Type: 'User', [member]: 'Function not found: f' },
      {
        status: 404,
        headers: { 'x-amzn-ErrorType': 'ResourceNotFoundException' },
      },
    );
    expect(await errorOf(response)).toMatchObject({
      status: 404,
      code: 'ResourceNotFoundException',
      message: 'Function not found: f',
    });
  }
});

test('an answer that is no JSON still becomes an error with its status', async () => {
  expect(await errorOf(new Response('<h1>Oops</h1>', { status: 500 }))).toMatchObject({
    status: 500,
    code: '',
  });
});

test('a denied action is not mistaken for an ended session', () => {
  expect(new ApiError(403, 'AccessDeniedException', '').isSessionExpired).toBe(false);
  expect(new ApiError(403, 'ExpiredTokenException', '').isSessionExpired).toBe(true);
  expect(new ApiError(401, '', '').isSessionExpired).toBe(true);
});

test('validation messages are split by field', () => {
  const error = new ApiError(
    400,
    'ValidationException',
    "2 validation errors detected: Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1; Value '1' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
  );
  expect(fieldErrors(error)).toEqual({
    timeout: 'Member must have value greater than or equal to 1',
    memorySize: 'Member must have value greater than or equal to 128',
  });
});
