import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../../core/errors.ts';

/**
 * Reads a body into memory, and no more of it than allowed: what comes beyond is thrown away, so that the client
 * has sent everything when it looks for the answer.
 * @param limitBytes size that is still accepted
 * @param tooLarge makes the error for a body of that many bytes (at least: a client need not say its size)
 * @throws ServiceError what `tooLarge` made; RequestTimeoutException when the client went away.
 */
export function readBody(
  message: IncomingMessage,
  limitBytes: number,
  tooLarge: (bytes: number) => ServiceError,
): Promise<Buffer> {
  const announced = Number(message.headers['content-length'] ?? 0);
  if (announced > limitBytes) {
    message.resume();
    return Promise.reject(tooLarge(announced));
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let received = 0;
    message.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received <= limitBytes) {
        chunks.push(chunk);
      } else {
        chunks.length = 0;
        reject(tooLarge(received));
      }
    });
    message.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    message.on('error', (cause) => {
      reject(
        new ServiceError('RequestTimeoutException', 'The client left before its request was complete.', {
          cause,
        }),
      );
    });
  });
}
