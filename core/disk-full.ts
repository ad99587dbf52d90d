import { ServiceError } from './errors.ts';

/** What Node.js (`ENOSPC`, `EDQUOT`) and SQLite say when there is no room. */
const NO_ROOM = /\b(?:ENOSPC|EDQUOT|SQLITE_FULL)\b|database or disk is full/;

/** Turns the error of a write into the client's when the disk is full; returns any other as it is. */
export function explainFullDisk(error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    if (!(cause instanceof ServiceError) && NO_ROOM.test(`${code} ${cause.message}`)) {
      return new ServiceError(
        'CodeStorageExceededException',
        'The disk that Hearth keeps its data on is full. Nothing was changed; make room and try again.',
        { cause: error },
      );
    }
  }
  return error;
}
