/** Where signing in leads: the page one came from if it is the console's own, else the functions. */
export function safeNext(next: unknown): string {
  // A second slash or a backslash would make it the address of another host.
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) && !/[\r\n\t]/.test(next)
    ? next
    : '/functions';
}
