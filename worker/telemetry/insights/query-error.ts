/** Says where a query is wrong. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  /** Offsets in characters, the end not included. */
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}
