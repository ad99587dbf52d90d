import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createEngine } from './create-engine.ts';
import { sandboxProblem, TestEngine } from './test-engine.ts';

const problem = await sandboxProblem();

/** An engine on a machine where no program can be found. */
async function engineWithoutBubblewrap(allowUnsandboxed: boolean) {
  vi.stubEnv('PATH', '/nowhere');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const host = await TestEngine.start({ allowUnsandboxed });
  onTestFinished(() => host[Symbol.asyncDispose]());
  return host;
}

test('without bubblewrap functions are refused, and the error says what to do', async () => {
  const host = await engineWithoutBubblewrap(false);
  await expect(host.run('export const handler = async () => 1;')).rejects.toMatchObject({
    code: 'ServiceException',
    message: expect.stringMatching(/bubblewrap is missing.*HEARTH_ALLOW_UNSANDBOXED=1/),
  });
  expect(host.engine.isolation()).toMatchObject({ driver: 'process', protections: [{ active: false }] });
});

test('without bubblewrap functions run as plain processes when that is allowed, with a warning', async () => {
  const host = await engineWithoutBubblewrap(true);
  const executable = host.deploy({
    files:
      'let calls = 0; export const handler = async (event) => { if (event.hang) for (;;); return ++calls; };',
    timeoutSeconds: 1,
  });
  expect((await host.invoke(executable)).payload).toBe(1);
  expect((await host.invoke(executable)).payload).toBe(2);
  expect((await host.invoke(executable, { hang: true })).payload).toMatchObject({
    errorType: 'Sandbox.Timedout',
  });
  expect((await host.invoke(executable)).payload).toBe(1);
  expect(host.warnings.join()).toContain('WITHOUT ISOLATION');
});

test('an engine that is not running refuses invocations', async () => {
  const host = await TestEngine.start({ prewarmedEnvironments: 0 });
  await host[Symbol.asyncDispose]();
  await expect(host.run('')).rejects.toMatchObject({ code: 'ServiceException' });
});

test.skipIf(problem)('stopping lets invocations in flight finish', async () => {
  const host = await TestEngine.start({ prewarmedEnvironments: 0 });
  const running = host.run(
    'export const handler = async () => { await new Promise((r) => setTimeout(r, 500)); return 1; };',
  );
  await host[Symbol.asyncDispose]();
  expect((await running).payload).toBe(1);
});

/** A worker in a process of its own, with an invocation under way; prints a line when that runs. */
const workerProgram = `
  const { createEngine } = await import(process.argv[1]);
  const [dataDirectory, executable] = process.argv.slice(2);
  const config = { dataDirectory, prewarmedEnvironments: 2, idleSeconds: 60, cpuCount: 2, allowUnsandboxed: false, functionNetwork: 'none' };
  const engine = createEngine({ config, log: console, telemetry: { log: (e, s, { message }) => process.stdout.write(message), invocation() {} } });
  await engine.start();
  await engine.invoke({ requestId: 'id', executable: JSON.parse(executable), invokedFunctionArn: '', payload: Buffer.from('{}'), traceId: '', tailLog: false });
`;

test.skipIf(problem)(
  'a worker that is killed leaves nothing running, and the next one tidies up',
  async () => {
    const host = await TestEngine.start({ prewarmedEnvironments: 0 });
    await host.engine.stop();
    const executable = host.deploy({
      files: `import { spawn } from 'node:child_process';
      export const handler = async () => { spawn('/usr/bin/sleep', ['86399'], { stdio: 'ignore' }); console.log('running'); await new Promise((r) => setTimeout(r, 60000)); };`,
      timeoutSeconds: 60,
    });
    const worker = spawn(
      process.execPath,
      [
        ...['--input-type=module', '-e', workerProgram, path.join(import.meta.dirname, 'create-engine.ts')],
        ...[host.dataDirectory, JSON.stringify(executable)],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await new Promise<void>((resolve) => {
      worker.stdout.on('data', (chunk) => String(chunk).includes('running') && resolve());
    });
    const environments = path.join(host.dataDirectory, 'environments');
    expect(commandLines(environments).length).toBeGreaterThan(0);
    worker.kill('SIGKILL');
    await expect
      .poll(() => [...commandLines(environments), ...commandLines('sleep\0' + '86399')])
      .toEqual([]);

    const next = createEngine({
      config: {
        dataDirectory: host.dataDirectory,
        prewarmedEnvironments: 0,
        idleSeconds: 60,
        cpuCount: 2,
        allowUnsandboxed: false,
        functionNetwork: 'none',
      },
      log: { warn: () => {} },
    });
    await next.start();
    const groups = next
      .isolation()
      .protections.flatMap(({ detail }) => detail.match(/\/sys\/fs\/cgroup\/\S*hearth-\w+/g) ?? []);
    const children = groups.flatMap((directory) =>
      readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory()),
    );
    expect(children.filter(({ name }) => name !== 'probe')).toEqual([]);
    expect(readdirSync(environments).filter((name) => name.length === randomUUID().length)).toEqual([]);
    await next.stop();
    await host[Symbol.asyncDispose]();
  },
);

/** Command lines of this machine's processes that contain a text. */
function commandLines(text: string): string[] {
  return readdirSync('/proc').flatMap((id) => {
    try {
      const line = readFileSync(`/proc/${id}/cmdline`, 'utf8');
      return line.includes(text) && Number(id) !== process.pid ? [line] : [];
    } catch {
      return [];
    }
  });
}
