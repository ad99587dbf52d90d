import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ServiceError } from '../../core/errors.ts';
import { errorResponse } from './error-response.ts';

/**
 * Answers on a connection whose bytes never became a request (malformed, too large a head, too slow), and ends it.
 */
export function answerBrokenRequest(
  error: Error & { code?: string },
  socket: Socket,
  requestId: string,
): void {
  if (error.code !== 'ECONNRESET' && socket.writable) {
    const { status, headers, body } = errorResponse(explain(error.code));
    const all = {
      ...headers,
      'x-amzn-requestid': requestId,
      date: new Date().toUTCString(),
      'content-length': Buffer.byteLength(String(body)),
      connection: 'close',
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
  }
  socket.destroySoon();
}

function explain(code: string | undefined): ServiceError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new ServiceError('RequestEntityTooLargeException', 'The headers of the request are too large.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ServiceError('RequestTimeoutException', 'The request was not complete in time.');
    default:
      return new ServiceError('InvalidRequestContentException', 'The request is not valid HTTP.');
  }
}
