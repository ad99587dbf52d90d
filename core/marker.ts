import { ServiceError } from './errors.ts';

/** An opaque marker for the page that begins after `key`, the last key of the one before. */
export function writeMarker(key: string): string {
  return Buffer.from(`v1 ${key}`).toString('base64url');
}

/** @throws ServiceError InvalidParameterValueException for what `writeMarker` did not make. */
export function readMarker(marker: string): string {
  const text = Buffer.from(marker, 'base64url').toString();
  if (text.startsWith('v1 ') && writeMarker(text.slice(3)) === marker) return text.slice(3);
  throw new ServiceError('InvalidParameterValueException', 'The Marker is not valid.');
}
