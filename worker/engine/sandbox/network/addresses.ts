/**
 * Addresses of the functions' network, all link-local as on Lambda: a function may not reach a link-local address
 * anyway, so none of them hides a network that it could want to reach, and no router passes them on.
 */
export const linkLocal = '169.254.0.0/16';

/** The gateway, as environments see it. */
export const gatewayAddress = '169.254.76.1';

/** Pairs of addresses between a worker's gateway and the machine come from here. */
export const uplinkRange = '169.254.88.0/24';

/** Stand for the machine's name servers, one for each of the first three. */
export const nameServerAddresses = ['169.254.87.1', '169.254.87.2', '169.254.87.3'] as const;

const environmentAddressCount = 1 << 14;

/** @returns the address of the n-th environment, from 169.254.128.0/18; after 16,384 they begin anew. */
export function environmentAddress(n: number): string {
  const offset = n % environmentAddressCount;
  return `169.254.${128 + (offset >> 8)}.${offset & 255}`;
}

/** The two ends of the link between the machine and a worker's gateway. */
export interface Uplink {
  host: string;
  gateway: string;
}

/**
 * Chooses a pair of `uplinkRange` that no route of the machine covers.
 * @param preferred any number; the search begins at the pair of this number.
 * @param routes destinations of the machine's routes, such as `169.254.88.4` or `169.254.88.0/28`.
 * @throws Error when all are taken.
 */
export function chooseUplink(preferred: number, routes: readonly string[]): Uplink {
  const taken = new Set<number>();
  for (const route of routes) {
    const [address = '', length = '32'] = route.split('/');
    const [a, b, c, last] = address.split('.').map(Number);
    if (a !== 169 || b !== 254 || c !== 88 || last === undefined || Number(length) < 24) continue;
    for (let i = 0; i < 2 ** (32 - Number(length)); i++) taken.add((last + i) >> 1);
  }
  for (let i = 0; i < 128; i++) {
    const pair = (preferred + i) % 128;
    if (!taken.has(pair)) return { host: `169.254.88.${pair * 2}`, gateway: `169.254.88.${pair * 2 + 1}` };
  }
  throw new Error(`every address of ${uplinkRange} is in use on this machine`);
}
