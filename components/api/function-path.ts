/** The path of a function in the API, or of one of its parts. */
export function functionPath(name: string, part?: 'code' | 'configuration' | 'invocations'): string {
  return `/2015-03-31/functions/${encodeURIComponent(name)}${part ? `/${part}` : ''}`;
}
