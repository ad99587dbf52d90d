import { ServiceError } from './errors.ts';

/** What Node.js (`ENOSPC`, `EDQUOT`) and SQLite say when there is no room. */
const NO_ROOM = /\b(?:ENOSPC|EDQUOT|SQLITE_FULL)\b|database or disk is full/;

/**
 * Waits for a write.
 * @throws ServiceError CodeStorageExceededException when there is no room for it; any other error as it is.
 */
export async function written<Result>(write: Promise<Result>): Promise<Result> {
  return write.catch((error: unknown) => {
    throw isFullDisk(error) ? fullDisk(error) : error;
  });
}

/** The answer to a write for which there is no room. */
export function fullDisk(cause?: unknown): ServiceError {
  return new ServiceError(
    'CodeStorageExceededException',
    'The disk that Hearth keeps its data on is full. Nothing was changed; make room and try again.',
    { cause },
  );
}

function isFullDisk(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    if (!(cause instanceof ServiceError) && NO_ROOM.test(`${code} ${cause.message}`)) return true;
  }
  return false;
}
