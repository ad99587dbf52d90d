import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findRuntimes } from '../../runtimes.ts';
import { sandboxProblem, TestEngine } from '../../test-engine.ts';
import { command } from './command.ts';
import { Outside, startServers } from './test-network.ts';

/** Why functions cannot have a network here, or null. */
async function networkProblem(): Promise<string | null> {
  const problem = await sandboxProblem();
  if (problem) return problem;
  await using probe = await TestEngine.start({ prewarmedEnvironments: 0, functionNetwork: 'internet' });
  const detail = networkDetail(probe);
  return detail.startsWith('internet') ? null : detail;
}

function networkDetail(host: TestEngine): string {
  return host.engine.isolation().protections.find(({ name }) => name === 'network')?.detail ?? '';
}

/** What a worker has made of this machine; other workers may be at work beside it. */
async function traces(device: string) {
  const tables = (await command('nft', ['list', 'tables'])).match(/hearth_\w+/g) ?? [];
  const own = tables.filter((table) => table.replace('_', '') === device);
  const forwards = readdirSync('/proc/sys/net/ipv4/conf').filter(
    (name) =>
      !name.startsWith('hearth') &&
      readFileSync(`/proc/sys/net/ipv4/conf/${name}/forwarding`, 'utf8') === '1\n',
  );
  return {
    devices: Object.keys(os.networkInterfaces()).filter((name) => name === device),
    tables: own,
    forwards: tables.length > own.length ? [] : forwards,
  };
}

const deviceOf = (host: TestEngine) => /hearth\w{8}/.exec(networkDetail(host))?.[0] ?? '';

const problem = await networkProblem();
const hasPython = 'entry' in (findRuntimes().get('python3.11') ?? {});

/** At hand in handlers: `connect` gives `connected` or the error's code. */
const preamble = `
  import net from 'node:net'; import os from 'node:os'; import dns from 'node:dns/promises'; import fs from 'node:fs'; import dgram from 'node:dgram'; import { spawn } from 'node:child_process';
  const connect = (host, port) => new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: 2000 }, () => { resolve('connected'); socket.destroy(); });
    socket.on('error', (e) => resolve(e.code)); socket.on('timeout', () => resolve('timeout'));
  });
  const address = os.networkInterfaces().eth0?.[0].address;
`;
const handler = (statements: string) =>
  `${preamble} export const handler = async (event) => { ${statements} };`;

describe.skipIf(problem)(`the network of functions (${problem ?? 'available'})`, () => {
  let untouched: Awaited<ReturnType<typeof traces>>;
  let outside: Outside;
  let host: TestEngine;
  beforeAll(async () => {
    untouched = await traces('none');
    outside = await Outside.open();
    host = await TestEngine.start({ functionNetwork: 'internet' }, undefined, () => [outside.address]);
  });
  afterAll(async () => {
    await host?.[Symbol.asyncDispose]();
    await outside?.[Symbol.asyncDispose]();
  });

  const run = async (statements: string, event: unknown = {}) =>
    (await host.run({ files: handler(statements) }, event)).payload;

  test('leads to servers outside, by address and by name', async () => {
    expect(
      await run(
        `const text = async (name) => (await fetch('http://' + name + ':8080')).text();
         return [await text(event), await text('example.com'), await dns.lookup('example.com'), await dns.resolve4('example.com')];`,
        outside.address,
      ),
    ).toEqual(['from outside', 'from outside', { address: outside.address, family: 4 }, [outside.address]]);
    expect(networkDetail(host)).toMatch(/^internet/);
  });

  test.skipIf(!hasPython)('leads there from other runtimes too', async () => {
    const { payload } = await host.run({
      runtime: 'python3.11',
      handler: 'index.handler',
      files: {
        'index.py': `import urllib.request\ndef handler(event, context):\n  return urllib.request.urlopen('http://example.com:8080').read().decode()\n`,
      },
    });
    expect(payload).toBe('from outside');
  });

  test('resolves names by a server on the machine’s loopback', async () => {
    const resolver = await startServers(outside.address, '127.83.0.1');
    onTestFinished(() => void resolver.kill('SIGKILL'));
    await using other = await TestEngine.start({ functionNetwork: 'internet' }, undefined, () => [
      '127.83.0.1',
    ]);
    const files = handler(
      `return [await (await fetch('http://example.com:8080')).text(), await connect('169.254.87.1', 53), await connect('169.254.87.1', 8080), await connect('127.83.0.1', 53)];`,
    );
    const { payload } = await other.run({ files });
    expect(payload).toEqual(['from outside', 'connected', 'EHOSTUNREACH', 'ECONNREFUSED']);
  });

  test('does not lead to any address of the machine, its gateway or the cloud’s metadata', async () => {
    await using server = net.createServer((socket) => socket.destroy());
    await once(server.listen(0, '0.0.0.0'), 'listening');
    const { port } = server.address() as AddressInfo;
    const own = Object.values(os.networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => address);
    expect(own).toContain(outside.hostAddress);
    expect(own.join()).toContain('169.254.88.');
    const destinations = [...own, '169.254.76.1', '169.254.88.1', '169.254.169.254', '255.255.255.255'];
    const outcomes = await run(
      `return Promise.all(event.destinations.map((destination) => connect(destination, event.port)));`,
      { destinations, port },
    );
    for (const outcome of outcomes as string[])
      expect(outcome).toMatch(/EHOSTUNREACH|EACCES|ENETUNREACH|timeout/);
    expect(await run(`return connect('127.0.0.1', event)`, port)).toBe('ECONNREFUSED');
    expect(await run(`return connect('::1', event)`, port)).toBe('ECONNREFUSED');
    expect(await run(`return connect('fe80::1%eth0', event)`, port)).toMatch(
      /ENETUNREACH|EADDRNOTAVAIL|EINVAL/,
    );
  });

  test('lets no datagram through to the machine', async () => {
    const received: string[] = [];
    await using socket = dgram.createSocket('udp4', (message) => received.push(message.toString()));
    await new Promise<void>((resolve) => socket.bind(0, '0.0.0.0', resolve));
    const send = (destination: string, text: string) =>
      run(
        `const socket = dgram.createSocket('udp4'); socket.on('error', () => {});
         await new Promise((r) => socket.send(event.text, event.port, event.destination, r)); socket.close(); return 'sent';`,
        { destination, text, port: socket.address().port },
      );
    await send(outside.hostAddress, 'from a function');
    const own = dgram.createSocket('udp4');
    own.send('from the machine', socket.address().port, outside.hostAddress, () => own.close());
    await expect.poll(() => received).toContain('from the machine');
    expect(received).toEqual(['from the machine']);
  });

  test('does not lead from one environment to another', async () => {
    const listening = host.deploy({
      timeoutSeconds: 20,
      files: handler(
        `const server = net.createServer((socket) => socket.end()).listen(7777, '0.0.0.0');
         await new Promise((r) => server.on('listening', r));
         const own = await connect(address, 7777);
         console.log('listening at ' + address);
         while (!(await connect('${outside.address}', 8081)).includes('never') && !globalThis.over) { await new Promise((r) => setTimeout(r, 3000)); globalThis.over = true; }
         server.close(); return own;`,
      ),
    });
    const invocation = host.invoke(listening);
    const find = () =>
      host.logged.map(({ message }) => /listening at (\S+)/.exec(message)?.[1]).find(Boolean);
    await expect.poll(find, { timeout: 5000 }).toBeTypeOf('string');
    expect(await run(`return [address === event, await connect(event, 7777)];`, find())).toEqual([
      false,
      'EHOSTUNREACH',
    ]);
    expect((await invocation).payload).toBe('connected');
  }, 20_000);

  test('gives a function no power over it', async () => {
    expect(
      await run(
        `const fails = (...c) => new Promise((r) => spawn(c[0], c.slice(1), { stdio: 'ignore' }).on('exit', (code) => r(code !== 0)).on('error', () => r(true)));
         const attempt = (f) => { try { f(); return 'done'; } catch (e) { return e.code; } };
         return [await fails('ip', 'addr', 'add', '10.9.9.9/32', 'dev', 'eth0'), await fails('ip', 'link', 'set', 'eth0', 'down'),
           await fails('ip', 'route', 'del', 'default'), attempt(() => fs.writeFileSync('/proc/sys/net/ipv4/ip_forward', '1'))];`,
      ),
    ).toEqual([true, true, true, expect.stringMatching(/EACCES|EROFS|EPERM/)]);
  });

  test('passes from one environment to the next with another address and nothing left in it', async () => {
    const seen = new Map<string, string>();
    const leave = handler(
      `const listeners = () => fs.readFileSync('/proc/net/tcp', 'utf8').split('\\n').filter((line) => / 0A /.test(line)).length;
       const found = listeners();
       const server = net.createServer().listen(7777, '0.0.0.0'); await new Promise((r) => server.on('listening', r));
       spawn(process.execPath, ['-e', "require('net').createServer().listen(7778, '0.0.0.0'); setTimeout(() => {}, 60000)"], { detached: true, stdio: 'ignore' }).unref();
       while (listeners() < 2) await new Promise((r) => setTimeout(r, 5));
       return { namespace: fs.readlinkSync('/proc/self/ns/net'), address, found };`,
    );
    for (let i = 0; i < 40; i++) {
      const executable = host.deploy({ files: leave });
      const payload = (await host.invoke(executable)).payload as Record<string, string>;
      const { namespace = '', address = '' } = payload;
      host.engine.retire(executable.functionArn, executable.version, null);
      expect(payload).toMatchObject({ found: 0 });
      const earlier = seen.get(namespace);
      seen.set(namespace, address);
      if (earlier === undefined) continue;
      expect(address).not.toBe(earlier);
      expect([...seen.values()].filter((one) => one === address)).toHaveLength(1);
      return;
    }
    expect.unreachable('No namespace served twice.');
  }, 60_000);

  test('makes no router of the machine for others', async () => {
    await using other = await Outside.open();
    // Its interface is new: a worker that starts now opens it.
    await using later = await TestEngine.start({ functionNetwork: 'internet', prewarmedEnvironments: 0 });
    expect(networkDetail(later)).toContain(other.device);
    const reach = `const s = require('net').connect({ host: process.argv[1], port: 8080, timeout: 1000 }, () => { console.log('connected'); process.exit(); });
      s.on('timeout', () => { console.log('timeout'); process.exit(); }).on('error', (e) => { console.log(e.code); process.exit(); });`;
    const run = (address: string) => other.run([process.execPath, '-e', reach, address]);
    expect(await run(outside.address)).toBe('timeout\n');
    expect(await run(other.address)).toBe('connected\n');
  });

  test('leaves nothing on the machine when the worker stops', async () => {
    const own = await TestEngine.start({ functionNetwork: 'internet' });
    const [device, other] = [deviceOf(own), deviceOf(host)];
    await own.run(handler('return 1'));
    expect(await traces(device)).toMatchObject({ devices: [device], tables: [device.replace('th', 'th_')] });
    await own[Symbol.asyncDispose]();
    expect(await traces(device)).toMatchObject({ devices: [], tables: [] });
    const { payload } = await host.run(handler(`return connect('${outside.address}', 8080)`));
    expect(payload).toBe('connected');
    await host.engine.stop();
    expect(await traces(other)).toEqual(untouched);
    await host.engine.start();
  });

  test('is tidied up after a worker that was killed, and works again', async () => {
    const device = deviceOf(host);
    await host.engine.stop();
    const program = `
      const { createEngine } = await import(process.argv[1]);
      const config = { dataDirectory: process.argv[2], prewarmedEnvironments: 1, idleSeconds: 60, cpuCount: 2, allowUnsandboxed: false, functionNetwork: 'internet' };
      await createEngine({ config, log: console }).start();
      console.log('started'); setInterval(() => {}, 1000);`;
    const engine = path.join(import.meta.dirname, '../../create-engine.ts');
    const start = async () => {
      const args = ['--input-type=module', '-e', program, engine, host.dataDirectory];
      const worker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(worker.stdout, 'data');
      return worker;
    };
    for (let i = 0; i < 2; i++) {
      const worker = await start();
      expect(await traces(device)).toMatchObject({ devices: [device] });
      worker.kill('SIGKILL');
      await once(worker, 'exit');
    }
    // The kernel takes the link away with the namespaces; the rest waits for the next worker.
    await expect.poll(async () => (await traces(device)).devices, { timeout: 10_000 }).toEqual([]);
    expect((await traces(device)).tables).toHaveLength(1);
    await host.engine.start();
    expect(deviceOf(host)).toBe(device);
    const { payload } = await host.run(handler(`return connect('${outside.address}', 8080)`));
    expect(payload).toBe('connected');
    await host.engine.stop();
    expect(await traces(device)).toEqual(untouched);
  }, 60_000);
});

test('none is all that there is where nothing else was asked for', async () => {
  await using host = await TestEngine.start({ prewarmedEnvironments: 0 });
  if (host.engine.isolation().driver === 'bubblewrap') {
    expect(networkDetail(host)).toBe('none, loopback only: HEARTH_FUNCTION_NETWORK=none');
  }
});
