/** Why a name cannot be a user's; undefined when it can. */
export function nameProblem(name: string): string | undefined {
  if (name === '') return 'Enter a name.';
  if (name.length > 64) return 'A name has at most 64 characters.';
  if (!/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(name))
    return 'Use letters, digits, hyphens and underscores, with dots between them.';
  return undefined;
}

/** Why a password is refused; undefined when it is not. */
export function passwordProblem(password: string): string | undefined {
  if (password.length < 8) return 'A password has at least 8 characters.';
  if (password.length > 128) return 'A password has at most 128 characters.';
  return undefined;
}
