import { existsSync, readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxProblem, TestEngine } from './test-engine.ts';

const problem = await sandboxProblem();

describe.skipIf(problem)(`function code (sandbox: ${problem ?? 'available'})`, () => {
  let host: TestEngine;
  let limitsTree = false;
  beforeAll(async () => {
    host = await TestEngine.start();
    const { protections } = host.engine.isolation();
    limitsTree = protections.some(({ name, active }) => name === 'control groups' && active);
  });
  afterAll(() => host[Symbol.asyncDispose]());

  /** Runs statements in a handler whose packages are at hand; `attempt` gives a result or the error's code. */
  function run(
    statements: string,
    settings: { event?: unknown; memoryMegabytes?: number; timeoutSeconds?: number } = {},
  ) {
    const { event = {}, ...rest } = settings;
    return host.run(
      {
        ...rest,
        files: `import fs from 'node:fs'; import os from 'node:os'; import net from 'node:net'; import dgram from 'node:dgram';
          import { execFileSync, spawn, spawnSync } from 'node:child_process';
          const attempt = (f) => { try { return f() ?? 'done'; } catch (e) { return e.code ?? e.message; } };
          export const handler = async (event) => { ${statements} };`,
      },
      event,
    );
  }

  test('cannot read files of the host', async () => {
    const secrets = [
      '/etc/shadow',
      '/etc/ssh',
      '/root',
      '/home',
      '/var/log',
      '/work',
      '/run',
      '/sys',
      host.dataDirectory,
    ];
    const { payload } = await run(
      `return Object.fromEntries(event.map((file) => [file, attempt(() => fs.statSync(file) && 'there')]));`,
      { event: secrets },
    );
    expect(payload).toEqual(Object.fromEntries(secrets.map((file) => [file, 'ENOENT'])));
  });

  test('sees a root directory made for it', async () => {
    // In java-* there are only the places where a Java runtime's configuration would be mounted.
    const { payload } = await run(
      `const etc = fs.readdirSync('/etc').filter((name) => !name.startsWith('java-'));
       return { root: fs.readdirSync('/').sort(), etc: etc.sort(), passwd: fs.readFileSync('/etc/passwd', 'utf8'), user: os.userInfo() };`,
    );
    expect(payload).toMatchObject({
      root: expect.arrayContaining(['bin', 'dev', 'etc', 'lib', 'opt', 'proc', 'tmp', 'usr', 'var']),
      etc: ['group', 'hosts', 'nsswitch.conf', 'passwd', 'pki', 'resolv.conf', 'ssl'],
      passwd: expect.not.stringContaining('/bin/bash'),
      user: { uid: 993, gid: 990, username: 'sbx_user1051' },
    });
  });

  test('cannot see, signal or trace a process outside', async () => {
    const { payload } = await run(
      `const ids = fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).map(Number);
       return { few: ids.length <= 3, worker: attempt(() => process.kill(event, 0)), all: attempt(() => fs.readFileSync('/proc/1/environ', 'utf8').length >= 0 && 'read') };`,
      { event: process.pid },
    );
    expect(payload).toMatchObject({ few: true, worker: 'ESRCH' });
  });

  test('cannot learn the worker’s environment variables', async () => {
    process.env.HEARTH_TEST_SECRET = 'open sesame';
    const { payload } = await run(
      `const found = [JSON.stringify(process.env)];
       for (const id of fs.readdirSync('/proc')) found.push(attempt(() => fs.readFileSync('/proc/' + id + '/environ', 'utf8')));
       return found.join().includes('open' + ' sesame');`,
    );
    delete process.env.HEARTH_TEST_SECRET;
    expect(payload).toBe(false);
  });

  test('cannot reach a service on the host’s loopback, nor the network', async () => {
    await using server = http.createServer((_request, response) => response.end('secret'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { payload } = await run(
      `const connect = (host, port) => new Promise((resolve) => {
         const socket = net.connect({ host, port, timeout: 2000 }, () => resolve('connected'));
         socket.on('error', (e) => resolve(e.code)); socket.on('timeout', () => resolve('timeout'));
       });
       return [await connect('127.0.0.1', event), await connect('169.254.169.254', 80), await connect('8.8.8.8', 53), Object.keys(os.networkInterfaces())];`,
      { event: port },
    );
    expect(payload).toEqual(['ECONNREFUSED', 'ENETUNREACH', 'ENETUNREACH', ['lo']]);
  });

  test('cannot gain privileges', async () => {
    const { payload } = await run(
      `const status = fs.readFileSync('/proc/self/status', 'utf8');
       const field = (name) => status.match(new RegExp('^' + name + ':[ \\\\t]*(.*)$', 'm'))[1];
       const fails = (...command) => spawnSync(command[0], command.slice(1)).status !== 0;
       return {
         capabilities: ['CapEff', 'CapPrm', 'CapBnd', 'CapAmb'].map(field), noNewPrivileges: field('NoNewPrivs'), seccomp: field('Seccomp'), groups: field('Groups'),
         setuid: attempt(() => process.setuid(0)),
         mount: fails('mount', '-t', 'tmpfs', 'none', '/tmp'), unshare: fails('unshare', '--user', 'true'), unshareMount: fails('unshare', '--mount', 'true'),
         nsenter: fails('nsenter', '--target', '1', '--mount', 'true'), hostname: fails('hostname', 'x'),
         su: fails('su', '-c', 'true'),
         writes: ['/etc/x', '/usr/bin/x', '/var/task/x', '/var/runtime/x', '/var/lang/bin/x', '/x', '/dev/x', '/opt/x'].map((f) => attempt(() => fs.writeFileSync(f, ''))),
         remount: fails('mount', '-o', 'remount,rw', '/var/task'),
         chmod: attempt(() => fs.chmodSync('/var/task/index.mjs', 0o777)),
       };`,
    );
    expect(payload).toEqual({
      capabilities: Array(4).fill('0000000000000000'),
      noNewPrivileges: '1',
      seccomp: '2',
      groups: expect.stringMatching(/^(65534)?\s*$/),
      setuid: expect.stringMatching(/EPERM|EINVAL/),
      mount: true,
      unshare: true,
      unshareMount: true,
      nsenter: true,
      hostname: true,
      su: true,
      writes: Array(8).fill('EROFS'),
      remount: true,
      chmod: expect.stringMatching(/EROFS|EPERM/),
    });
  });

  const denied = expect.stringMatching(/EROFS|EACCES/);
  test('cannot change its package, not even for the next environment', async () => {
    const executable = host.deploy({
      files: {
        'index.mjs': `import fs from 'node:fs'; const tries = ['writeFileSync', 'appendFileSync', 'truncateSync'].map((f) => { try { fs[f]('/var/task/data.txt', 'hacked'); return 'written'; } catch (e) { return e.code; } });
          export const handler = async () => [...tries, fs.readFileSync('/var/task/data.txt', 'utf8')];`,
        'data.txt': 'original',
      },
    });
    expect((await host.invoke(executable)).payload).toEqual([denied, denied, denied, 'original']);
    expect(readFileSync(path.join(executable.codeDirectory, 'data.txt'), 'utf8')).toBe('original');
  });

  test('cannot use more memory than it has, whatever process uses it', async () => {
    const { payload } = await run(
      `const child = spawnSync(process.execPath, ['-e', 'const kept = []; for (;;) kept.push(Buffer.alloc(1 << 20, 1));']);
       return child.signal ?? child.status;`,
      { memoryMegabytes: 192 },
    );
    if (limitsTree) expect(payload).toBe('SIGKILL');
    else expect(payload).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
  });

  test('cannot start more processes than its limit', async () => {
    const { payload } = await run(
      `let started = 0, refused = 0;
       const children = [];
       for (let i = 0; i < 1300 && refused < 5; i++) {
         const child = spawn('/usr/bin/sleep', ['60'], { stdio: 'ignore' });
         child.on('error', () => {});
         if (child.pid === undefined) refused++; else started++;
       }
       return { started, refused };`,
      { memoryMegabytes: 3008, timeoutSeconds: 60 },
    );
    expect(payload).toMatchObject({ refused: 5 });
    expect((payload as { started: number }).started).toBeLessThan(1024);
  });

  test('cannot open more files than its limit', async () => {
    const { payload } = await run(
      `let opened = 0; const code = attempt(() => { for (;;) { fs.openSync('/dev/null'); opened++; } }); return { opened, code };`,
    );
    expect(payload).toMatchObject({ code: 'EMFILE' });
    expect((payload as { opened: number }).opened).toBeLessThan(1024);
  });

  test('cannot fill more of /tmp than its size', async () => {
    const { payload } = await run(
      `const piece = Buffer.alloc(1 << 20); let written = 0;
       const code = attempt(() => { const f = fs.openSync('/tmp/big', 'w'); for (;;) { fs.writeSync(f, piece); written++; } });
       return { written, code, elsewhere: attempt(() => fs.writeFileSync('/dev/shm/x', piece)) };`,
      { memoryMegabytes: 1024 },
    );
    expect(payload).toEqual({
      written: 512,
      code: 'ENOSPC',
      elsewhere: expect.stringMatching(/EROFS|ENOENT|EACCES/),
    });
  });

  test('gets the CPU time that its memory buys, not more', async () => {
    const { payload } = await run(
      `const began = process.cpuUsage(), until = Date.now() + 1000; while (Date.now() < until); const { user, system } = process.cpuUsage(began);
       return (user + system) / 1e6;`,
      { memoryMegabytes: 442 },
    );
    // A quarter of a core, and what a burst adds once.
    if (limitsTree) expect(payload).toBeLessThan(0.5);
  });

  test('cannot outlive its environment', async () => {
    const executable = host.deploy({
      timeoutSeconds: 1,
      files: `import { spawn } from 'node:child_process';
        export const handler = async (event) => {
          spawn('/usr/bin/sh', ['-c', 'trap "" TERM HUP INT; while :; do /usr/bin/sleep 0.' + event.marker + '; done'], { detached: true, stdio: 'ignore' }).unref();
          await new Promise((r) => setTimeout(r, 60000));
        };`,
    });
    const marker = `0${Math.floor(process.hrtime()[1])}`;
    const running = () =>
      readdirSync('/proc').some((id) => {
        try {
          return (
            readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(`0.${marker}`) && Number(id) !== process.pid
          );
        } catch {
          return false;
        }
      });
    const invocation = host.invoke(executable, { marker });
    await expect.poll(running).toBe(true);
    expect((await invocation).payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    await expect.poll(running).toBe(false);
  });

  test('learns nothing from another function: no environment serves two', async () => {
    const leave = `import fs from 'node:fs'; globalThis.secret = 1; export const handler = async () => { fs.writeFileSync('/tmp/secret', ''); return process.pid; };`;
    const look = `import fs from 'node:fs'; export const handler = async () => [typeof globalThis.secret, fs.readdirSync('/tmp')];`;
    for (let i = 0; i < 3; i++) await host.run(leave);
    expect((await host.run(look)).payload).toEqual(['undefined', []]);
  });

  test('cannot stop the worker with an endless line', async () => {
    host.logged.length = 0;
    const { payload } = await run(
      `const piece = 'x'.repeat(1 << 20); for (let i = 0; i < 5; i++) process.stdout.write(piece); return 'done';`,
    );
    expect(payload).toBe('done');
    const lines = host.logged.filter(({ message }) => message.startsWith('xxx'));
    expect(lines.map(({ message }) => message.trimEnd().length)).toEqual(Array(20).fill(256 * 1024));
  });

  test('keeps all of a console message of several megabytes, in several events', async () => {
    host.logged.length = 0;
    await run(`console.log('ä'.repeat(1 << 20)); return 'done';`);
    const text = host.logged.map(({ message }) => message).join('');
    expect(text.match(/ä/g)).toHaveLength(1 << 20);
    expect(text).not.toContain('\ufffd');
  });

  test('cannot slow down others by flooding its log', async () => {
    const quick = host.deploy({ files: 'export const handler = async () => 1;' });
    await host.invoke(quick);
    const flood = run(
      `const piece = ('y'.repeat(1000) + '\\n').repeat(64); const until = Date.now() + 2000; while (Date.now() < until) process.stdout.write(piece); return 'done';`,
      { memoryMegabytes: 1769 },
    );
    const before = process.memoryUsage().rss;
    const times: number[] = [];
    while (times.length < 50) {
      const began = performance.now();
      await host.invoke(quick);
      times.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await flood).payload).toBe('done');
    times.sort((a, b) => a - b);
    expect(times[25]).toBeLessThan(100);
    // What was logged is kept by this test; the engine itself keeps none of it.
    const kept = host.logged.reduce((sum, { message }) => sum + message.length, 0);
    expect(process.memoryUsage().rss - before).toBeLessThan(kept * 4 + 200_000_000);
    host.logged.length = 0;
  }, 60_000);

  test.each([
    ['random bytes', 'Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))'],
    ['an announcement of 4 GB', 'Buffer.from([0xff, 0xff, 0xff, 0xff, 18, 0, 0, 0, 2])'],
    ['a header that is no JSON', 'Buffer.from([0, 0, 0, 7, 20, 0, 0, 0, 2, 0x7b, 0x7b])'],
    ['a frame out of turn', 'Buffer.from([0, 0, 0, 7, 15, 0, 0, 0, 2, 0x7b, 0x7d])'],
    ['a frame that only the worker sends', 'Buffer.from([0, 0, 0, 7, 2, 0, 0, 0, 2, 0x7b, 0x7d])'],
  ])('harms only its own environment with %s on the link', async (_what, bytes) => {
    const executable = host.deploy({
      files: `import fs from 'node:fs'; let calls = 0;
        export const handler = async (event) => { calls++; if (event.attack) { fs.writeSync(3, ${bytes}); await new Promise((r) => setTimeout(r, 9000)); } return calls; };`,
    });
    const { payload } = await host.invoke(executable, { attack: true });
    expect(payload).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/signal: killed$/),
    });
    expect((await host.invoke(executable)).payload).toBe(1);
  });

  test('harms only its own environment by closing the link', async () => {
    const { payload } = await run(`fs.closeSync(3); await new Promise((r) => setTimeout(r, 9000));`);
    expect(payload).toMatchObject({ errorType: 'Runtime.ExitError' });
  });

  test('forges no answers but its own', async () => {
    const executable = host.deploy({
      files: `import fs from 'node:fs';
        const frame = (type, body) => { const h = '{}'; const b = Buffer.alloc(9); b.writeUInt32BE(5 + h.length + body.length, 0); b[4] = type; b.writeUInt32BE(h.length, 5); return Buffer.concat([b, Buffer.from(h + body)]); };
        export const handler = async (event) => { if (event.forge) { fs.writeSync(3, frame(18, '"forged"')); fs.writeSync(3, frame(18, '"again"')); } return 'honest'; };`,
    });
    expect((await host.invoke(executable, { forge: true })).payload).toBe('forged');
    const honest = 'export const handler = async () => "honest";';
    expect((await host.run(honest)).payload).toBe('honest');
  });

  test('may exit at any moment', async () => {
    const executable = host.deploy({
      files: `export const handler = async (event) => {
        if (event.how === 'timer') setTimeout(() => process.exit(1), event.milliseconds);
        if (event.how === 'immediate') setImmediate(() => process.exit(1));
        if (event.how === 'tick') process.nextTick(() => process.exit(1));
        return event.how;
      };`,
    });
    const outcomes: unknown[] = [];
    for (const event of [
      ...Array(5).fill({ how: 'immediate' }),
      ...Array(5).fill({ how: 'tick' }),
      { how: 'timer', milliseconds: 0 },
      { how: 'timer', milliseconds: 1 },
    ]) {
      const { payload } = await host.invoke(executable, event);
      outcomes.push(payload);
    }
    for (const outcome of outcomes) {
      if (typeof outcome !== 'string') expect(outcome).toMatchObject({ errorType: 'Runtime.ExitError' });
    }
    await expect.poll(async () => (await host.invoke(executable, { how: 'stay' })).payload).toBe('stay');
  });

  test('leaves no process, directory or control group behind', async () => {
    const own = await TestEngine.start({ prewarmedEnvironments: 2 });
    const executable = own.deploy({ files: 'export const handler = async () => 1;' });
    await Promise.all([own.invoke(executable), own.invoke(executable), own.invoke(executable)]);
    const { dataDirectory } = own;
    const groups = own.engine
      .isolation()
      .protections.flatMap(({ detail }) => detail.match(/\/sys\/fs\/cgroup\/\S*hearth-\w+/g) ?? []);
    await own.engine.stop();
    await expect.poll(() => groups.filter((directory) => existsSync(directory))).toEqual([]);
    const left = readdirSync(path.join(dataDirectory, 'environments'));
    expect(left.filter((name) => !['etc', 'seccomp.bpf'].includes(name))).toEqual([]);
    const processes = readdirSync('/proc').filter((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(dataDirectory);
      } catch {
        return false;
      }
    });
    expect(processes).toEqual([]);
    await own[Symbol.asyncDispose]();
  });
});
