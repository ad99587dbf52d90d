import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { command } from './command.ts';

/** Answers every question for a name with one address on port 53, and, on all addresses, HTTP on port 8080. */
const servers = `
  const { createServer } = require('node:http');
  const dgram = require('node:dgram');
  const net = require('node:net');
  const own = process.argv[1];
  const answer = (question) => {
    const end = question.indexOf(0, 12) + 5;
    const isAddress = question.readUInt16BE(end - 4) === 1;
    const header = Buffer.from([question[0], question[1], 0x81, 0x80, 0, 1, 0, isAddress ? 1 : 0, 0, 0, 0, 0]);
    const record = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...own.split('.').map(Number)];
    return Buffer.concat([header, question.subarray(12, end), Buffer.from(isAddress ? record : [])]);
  };
  const up = [];
  const tcp = net.createServer((socket) => socket.on('error', () => {}).once('data', (bytes) => {
    const reply = answer(bytes.subarray(2));
    socket.end(Buffer.concat([Buffer.from([reply.length >> 8, reply.length & 255]), reply]));
  }));
  up.push(new Promise((resolve) => tcp.listen(53, process.argv[2], resolve)));
  if (process.argv[2] === '0.0.0.0') {
    const http = createServer((request, response) => response.end('from outside'));
    up.push(new Promise((resolve) => http.listen(8080, resolve)));
  }
  const udp = dgram.createSocket('udp4', (question, from) => udp.send(answer(question), from.port, from.address));
  up.push(new Promise((resolve) => udp.bind(53, process.argv[2], resolve)));
  Promise.all(up).then(() => console.log('up'));
`;

/**
 * Starts the servers in a process of their own.
 * @param answer the address that every name has.
 * @param bound the address that they listen on.
 * @param prefix words before the command.
 */
export async function startServers(
  answer: string,
  bound: string,
  prefix: readonly string[] = [],
): Promise<ChildProcess> {
  const [program = '', ...args] = [...prefix, process.execPath, '-e', servers, answer, bound];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

let opened = 0;

/** A network namespace that stands for the outside, linked to the machine, with servers in it. */
export class Outside implements AsyncDisposable {
  readonly device: string;
  /** The machine's address on the link. */
  readonly hostAddress: string;
  /** The servers' address. */
  readonly address: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, device: string, hostAddress: string, address: string) {
    this.#child = child;
    this.device = device;
    this.hostAddress = hostAddress;
    this.address = address;
  }

  static async open(): Promise<Outside> {
    const pair = ((process.pid * 2 + opened++) % 64) * 4;
    const [hostAddress, address] = [`198.51.100.${pair + 1}`, `198.51.100.${pair + 2}`];
    const device = `out${process.pid}n${opened}`;
    const child = await startServers(address, '0.0.0.0', ['unshare', '--net']);
    await command('ip', [
      'link',
      'add',
      device,
      'type',
      'veth',
      'peer',
      'name',
      'eth0',
      'netns',
      String(child.pid),
    ]);
    await command('ip', ['addr', 'add', `${hostAddress}/30`, 'dev', device]);
    await command('ip', ['link', 'set', device, 'up']);
    const outside = new Outside(child, device, hostAddress, address);
    for (const line of [
      'link set lo up',
      `addr add ${address}/30 dev eth0`,
      'link set eth0 up',
      `route add default via ${hostAddress}`,
    ]) {
      await outside.run(['ip', ...line.split(' ')]);
    }
    return outside;
  }

  /** Runs a command outside. @returns what it printed. @throws Error when it fails. */
  async run(commandLine: readonly string[]): Promise<string> {
    const args = [`--net=/proc/${this.#child.pid}/ns/net`, ...commandLine];
    return (await promisify(execFile)('nsenter', args)).stdout;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await command('ip', ['link', 'del', this.device]).catch(() => {});
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}
