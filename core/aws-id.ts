import { randomInt } from 'node:crypto';

/** The characters of the ids that AWS gives out. */
export const idCharacters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Unguessable text. */
export function randomText(length: number, alphabet = idCharacters): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
