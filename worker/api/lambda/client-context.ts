import { ServiceError } from '../../../core/errors.ts';
import { limits } from '../../../core/limits.ts';

/**
 * The JSON text of an `X-Amz-Client-Context` header.
 * @throws ServiceError InvalidRequestContentException
 */
export function readClientContext(header: string): string {
  if (header.length > limits.clientContextBytes) {
    throw new ServiceError(
      'InvalidRequestContentException',
      `Client context must be at most ${limits.clientContextBytes} bytes of Base64, not ${header.length}.`,
    );
  }
  const text = /^[A-Za-z0-9+/]*={0,2}$/.test(header) ? Buffer.from(header, 'base64').toString() : '';
  if (!isJsonObject(text)) {
    throw new ServiceError(
      'InvalidRequestContentException',
      'Client context must be a valid Base64-encoded JSON object.',
    );
  }
  return text;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
