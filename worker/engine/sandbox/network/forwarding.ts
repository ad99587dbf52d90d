import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { command } from './command.ts';

/** How the names of the tables and devices of all workers begin. */
export const tablePrefix = 'hearth_';
export const devicePrefix = 'hearth';

interface ListedSet {
  set?: { name: string; table: string; elem?: string[] };
}

/** @returns the interfaces that each worker of this machine has opened, by the worker's table. */
export async function openedByTable(): Promise<Map<string, string[]>> {
  const listed = JSON.parse(await command('nft', ['-j', 'list', 'sets', 'inet'])) as {
    nftables: ListedSet[];
  };
  return new Map(
    listed.nftables.flatMap(({ set }) =>
      set?.name === 'opened' && set.table.startsWith(tablePrefix) ? [[set.table, set.elem ?? []]] : [],
    ),
  );
}

/** Whether the machine forwards for everybody anyway, so that nothing need be opened nor kept from others. */
export function forwardsForAll(): boolean {
  return read('all/forwarding') === '1';
}

/** @returns the interfaces by which answers from outside can arrive and which do not forward them. */
export function closedInterfaces(): string[] {
  return Object.entries(os.networkInterfaces()).flatMap(([name, addresses = []]) => {
    const isOutside = addresses.some(({ family, internal }) => family === 'IPv4' && !internal);
    return isOutside && !name.startsWith(devicePrefix) && read(`${name}/forwarding`) === '0' ? [name] : [];
  });
}

/** @throws Error when the kernel refuses, as where /proc is read only. */
export function setForwarding(name: string, value: '0' | '1'): void {
  writeFileSync(`/proc/sys/net/ipv4/conf/${name}/forwarding`, value);
}

/** Closes what was opened, unless somebody else has switched on forwarding for the whole machine meanwhile. */
export function closeInterfaces(names: readonly string[]): void {
  if (forwardsForAll()) return;
  for (const name of names) {
    try {
      setForwarding(name, '0');
    } catch {
      // The interface is gone.
    }
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(`/proc/sys/net/ipv4/conf/${file}`, 'utf8').trim();
  } catch {
    return null;
  }
}
