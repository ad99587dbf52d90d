import { ServiceError } from '../errors.ts';
import { readMarker, writeMarker } from '../marker.ts';

/** The marker for the page that begins after a version of a function. */
export function writeVersionMarker({ name, version }: { name: string; version: number }): string {
  return writeMarker(`${name}:${version}`);
}

/** @throws ServiceError InvalidParameterValueException for what `writeVersionMarker` did not make. */
export function readVersionMarker(marker: string): { name: string; version: number } {
  const [, name, version] = /^(.*):(\d{1,9})$/.exec(readMarker(marker)) ?? [];
  if (name !== undefined) return { name, version: Number(version) };
  throw new ServiceError('InvalidParameterValueException', 'The Marker is not valid.');
}
