import type { JsonObject } from '../../core/caller.ts';
import { ServiceError } from '../../core/errors.ts';

/**
 * The JSON object of a body; an empty body is an empty object.
 * @throws ServiceError InvalidRequestContentException for what is no JSON, SerializationException for JSON that is
 * no object.
 */
export function parseJsonObject(body: Buffer): JsonObject {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    const detail = error instanceof SyntaxError ? error.message : 'The text is not valid UTF-8';
    throw new ServiceError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${detail}`,
    );
  }
  if (!isObject(value)) {
    const found = Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
    throw new ServiceError('SerializationException', `Start of structure or map expected, found ${found}.`);
  }
  return value;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
