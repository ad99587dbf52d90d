import { readFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { nameServerAddresses } from './addresses.ts';

/** systemd-resolved answers the machine itself only; the servers that it asks are listed apart. */
const systemdStub = '127.0.0.53';
const systemdFile = '/run/systemd/resolve/resolv.conf';

/** @returns the machine's name servers with an IPv4 address, three at most. */
export function machineNameServers(): string[] {
  const servers = readServers('/etc/resolv.conf');
  return servers.includes(systemdStub) ? readServers(systemdFile) : servers;
}

function readServers(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  const addresses = [...text.matchAll(/^\s*nameserver\s+(\S+)/gm)].map(([, address = '']) => address);
  return addresses.filter(isIPv4).slice(0, nameServerAddresses.length);
}
