import { ServiceError } from '../../../core/errors.ts';

/** Names of console users. They stand in ARNs, and before the @ of the address that better-auth wants of a user. */
export const userNamePattern = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;
export const longestUserName = 64;
/** Characters. */
export const shortestPassword = 8;
export const longestPassword = 128;

/** @throws ServiceError ValidationException that states the rule. */
export function checkNewUser(name: unknown, password: unknown): { name: string; password: string } {
  if (typeof name !== 'string' || name.length > longestUserName || !userNamePattern.test(name)) {
    throw new ServiceError(
      'ValidationException',
      `The name must be 1 to ${longestUserName} letters, digits, hyphens and underscores, with dots between them.`,
    );
  }
  return { name, password: checkPassword(password) };
}

/** @throws ServiceError ValidationException that states the rule. */
export function checkPassword(password: unknown): string {
  if (
    typeof password !== 'string' ||
    password.length < shortestPassword ||
    password.length > longestPassword
  ) {
    throw new ServiceError(
      'ValidationException',
      `The password must have ${shortestPassword} to ${longestPassword} characters.`,
    );
  }
  return password;
}
