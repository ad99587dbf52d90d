import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  chooseUplink,
  environmentAddress,
  nameServerAddresses,
  type Uplink,
  uplinkRange,
} from './addresses.ts';
import { command } from './command.ts';
import {
  closedInterfaces,
  closeInterfaces,
  devicePrefix,
  forwardsForAll,
  openedByTable,
  setForwarding,
  tablePrefix,
} from './forwarding.ts';
import { Gateway } from './gateway.ts';
import { hostRules } from './host-rules.ts';

/** An environment's own network namespace, until it is released. */
export interface NetworkLease {
  /** The namespace. */
  readonly file: string;
  /** Is there when the namespace is complete: at once, or within milliseconds where none was left. */
  readonly readyFile: string;
  /** Gives it back, when no process is left in it. */
  release(): void;
}

export interface FunctionNetworkOptions {
  /** Names the worker: the same after a restart on the same data. */
  instance: string;
  /** The `/etc` of sandboxes, where `resolv.conf` is kept true. */
  etcDirectory: string;
  /** @returns IPv4 addresses of the name servers that functions ask now. */
  nameServers(): string[];
  onProblem(problem: string): void;
}

/** Namespaces that wait, so that starting an environment costs nothing extra. */
const spareNamespaces = 8;
/** How often a change of the machine's interfaces or name servers is looked for. */
const followMilliseconds = 5000;

/**
 * The way of functions to the internet: a network namespace for each environment, behind one gateway namespace for
 * the worker, behind one link to the machine, which translates addresses. Namespaces serve one environment after
 * another, each time under another address, so that no answer to an earlier one arrives. Only the table of the packet
 * filter and the opened interfaces outlast a worker that is killed: the next one tidies them up.
 */
export class FunctionNetwork {
  readonly #options: FunctionNetworkOptions;
  readonly #table: string;
  readonly #device: string;
  readonly #uplink: Uplink;
  readonly #gateway: Gateway;
  /** Interfaces that forward only because of workers on this machine. */
  #opened: string[];
  /** What the table in place was made of. */
  #applied = '';
  #nameServers: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #following: Promise<void> = Promise.resolve();
  readonly #spare: number[] = [];
  #made = 0;
  #making = 0;
  #addresses = 0;
  #closed = false;

  private constructor(
    options: FunctionNetworkOptions,
    names: { table: string; device: string; uplink: Uplink; opened: string[] },
    gateway: Gateway,
  ) {
    this.#options = options;
    this.#table = names.table;
    this.#device = names.device;
    this.#uplink = names.uplink;
    this.#opened = names.opened;
    this.#gateway = gateway;
  }

  /**
   * Only for root on Linux.
   * @throws Error that says what is missing.
   */
  static async open(options: FunctionNetworkOptions): Promise<FunctionNetwork> {
    const hash = createHash('sha256').update(options.instance).digest();
    const name = hash.toString('hex').slice(0, 8);
    const [table, device] = [tablePrefix + name, devicePrefix + name];
    const opened = await removeStale(table, device);
    const uplink = chooseUplink(hash.readUInt16BE(30), await routesIn(uplinkRange));
    const gateway = await Gateway.open(device, uplink);
    const network = new FunctionNetwork(options, { table, device, uplink, opened }, gateway);
    try {
      await network.#start();
      return network;
    } catch (error) {
      await network.close();
      throw error;
    }
  }

  /** What operators should know of it, in a sentence. */
  async describe(): Promise<string> {
    const sentences = [
      `internet (IPv4) by address translation behind ${this.#device}; nothing of this machine is reachable`,
    ];
    if (this.#nameServers.length === 0) {
      sentences.push('names do not resolve: no name server with an IPv4 address is in /etc/resolv.conf');
    }
    if (this.#opened.length > 0) {
      sentences.push(
        `IP forwarding is on for ${this.#opened.join(', ')} while Hearth runs, for functions only`,
      );
    }
    const others = await command('nft', ['list', 'chain', 'ip', 'filter', 'FORWARD']).catch(() => '');
    if (/policy drop/.test(others)) {
      sentences.push(
        `the machine's firewall drops what it forwards unless told otherwise: accept what comes from and goes to ${devicePrefix}*`,
      );
    }
    return sentences.join('; ');
  }

  /** @returns a namespace that is the caller's alone. */
  take(): NetworkLease {
    let number = this.#spare.shift();
    if (number === undefined) {
      number = this.#made++;
      this.#make(number).catch((error: Error) => this.#report(error));
    }
    this.#refill();
    const taken = number;
    return {
      file: this.#gateway.file(taken),
      readyFile: this.#gateway.readyFile(taken),
      release: () => void this.#renew(taken),
    };
  }

  /** Removes everything from the machine; environments that still run are cut off. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#following;
    await this.#gateway.close();
    await command('ip', ['link', 'del', this.#device]).catch(() => {});
    const tables = await openedByTable();
    await command('nft', ['delete', 'table', 'inet', this.#table]).catch(() => {});
    tables.delete(this.#table);
    const stillNeeded = [...tables.values()].flat();
    closeInterfaces(this.#opened.filter((name) => !stillNeeded.includes(name)));
  }

  async #start(): Promise<void> {
    const settings = `/proc/sys/net/ipv4/conf/${this.#device}`;
    writeFileSync(`${settings}/rp_filter`, '1');
    // For name servers that listen on the machine's loopback; nothing else passes the rules.
    writeFileSync(`${settings}/route_localnet`, '1');
    setForwarding(this.#device, '1');
    await this.#follow();
    const { host, gateway } = this.#uplink;
    const lines = [`addr add ${host} peer ${gateway} dev ${this.#device}`, `link set ${this.#device} up`];
    await command('ip', ['-batch', '-'], lines.join('\n'));
    const first = this.#made++;
    await this.#make(first);
    this.#spare.push(first);
    this.#refill();
    this.#timer = setInterval(() => {
      this.#following = this.#follow().catch((error: Error) => this.#report(error));
    }, followMilliseconds).unref();
  }

  /** Adapts the rules to the machine's interfaces and name servers. */
  async #follow(): Promise<void> {
    const nameServers = this.#options.nameServers().slice(0, nameServerAddresses.length);
    const present = Object.keys(os.networkInterfaces());
    const closed = forwardsForAll() ? [] : closedInterfaces();
    const kept = forwardsForAll() ? [] : this.#opened.filter((name) => present.includes(name));
    const opened = [...new Set([...kept, ...closed])];
    const rules = hostRules({
      table: this.#table,
      device: this.#device,
      uplink: this.#uplink,
      nameServers,
      opened,
    });
    // Whoever reloads the machine's firewall may flush this table with it.
    if (rules !== this.#applied || !(await this.#isInPlace())) {
      await command('nft', ['-f', '-'], rules);
      const file = path.join(this.#options.etcDirectory, 'resolv.conf');
      const lines = nameServers.map((_server, i) => `nameserver ${nameServerAddresses[i]}\n`);
      await writeFile(`${file}.new`, lines.join(''), { mode: 0o644 });
      await rename(`${file}.new`, file);
      this.#applied = rules;
      this.#nameServers = nameServers;
      this.#opened = opened;
    }
    // Never before the rules keep everybody else from being forwarded.
    for (const name of closed) setForwarding(name, '1');
  }

  #isInPlace(): Promise<boolean> {
    return command('nft', ['list', 'chain', 'inet', this.#table, 'from_functions']).then(
      () => true,
      () => false,
    );
  }

  #make(number: number): Promise<void> {
    return this.#gateway.make(number, environmentAddress(this.#addresses++));
  }

  #refill(): void {
    while (!this.#closed && this.#spare.length + this.#making < spareNamespaces) {
      const number = this.#made++;
      this.#making++;
      this.#make(number)
        .then(
          () => this.#spare.push(number),
          (error: Error) => this.#report(error),
        )
        .finally(() => this.#making--);
    }
  }

  async #renew(number: number): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#gateway.renew(number, environmentAddress(this.#addresses++));
      this.#spare.push(number);
    } catch {
      // A process may be left in it: it serves nobody any more.
      await this.#gateway.drop(number).catch((error: Error) => this.#report(error));
    }
  }

  #report(error: Error): void {
    if (!this.#closed) this.#options.onProblem(`The network of functions: ${error.message}`);
  }
}

/**
 * Removes what killed workers left: the table of this one, and those whose link is gone.
 * @returns the interfaces that running workers have opened.
 */
async function removeStale(ownTable: string, ownDevice: string): Promise<string[]> {
  await command('ip', ['link', 'del', ownDevice]).catch((error: Error) => {
    if (!/Cannot find device/.test(error.message)) throw error;
  });
  const devices = await command('ip', ['-o', 'link', 'show']);
  const left: string[] = [];
  const needed: string[] = [];
  for (const [table, opened] of await openedByTable()) {
    const isUsed =
      table !== ownTable && devices.includes(`${devicePrefix}${table.slice(tablePrefix.length)}@`);
    (isUsed ? needed : left).push(...opened);
    if (!isUsed) await command('nft', ['delete', 'table', 'inet', table]);
  }
  closeInterfaces(left.filter((name) => !needed.includes(name)));
  return [...new Set(needed)];
}

async function routesIn(range: string): Promise<string[]> {
  const listed = await command('ip', ['-j', '-4', 'route', 'show', 'table', 'all', 'root', range]);
  return (JSON.parse(listed || '[]') as { dst: string }[]).map(({ dst }) => dst);
}
