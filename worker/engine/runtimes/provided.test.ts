import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxProblem, TestEngine } from '../test-engine.ts';
import { findPrograms } from './interpreter.ts';
import { customRuntimeSource } from './test-custom-runtime.ts';

const problem = await sandboxProblem();
const [compiler] = findPrograms('gcc');
const [curl] = findPrograms('curl');

/** The loop of AWS's tutorial, around a function in bash that is given the event as its first argument. */
const bash = (handler: string) => `#!/bin/bash
handler() {
${handler}
}
api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime
while true; do
  event=$(curl -sS -D /tmp/headers $api/invocation/next)
  id=$(sed -n 's/^Lambda-Runtime-Aws-Request-Id: \\([^\\r]*\\)\\r$/\\1/p' /tmp/headers)
  post() { curl -sS -o /tmp/answer "\${@:2}" $api/invocation/$id/$1; }
  handler "$event"
done
`;

describe.skipIf(problem)(`Custom runtimes in a sandbox (${problem ?? 'provided.al2023'})`, () => {
  let host: TestEngine;
  beforeAll(async () => {
    host = await TestEngine.start();
  });
  afterAll(() => host[Symbol.asyncDispose]());

  const deploy = (bootstrap: string, more: object = {}, mode = 0o755) => {
    const files = { bootstrap };
    const executable = host.deploy({ runtime: 'provided.al2023', handler: 'any.thing', files, ...more });
    chmodSync(path.join(executable.codeDirectory, 'bootstrap'), mode);
    return executable;
  };

  describe.skipIf(!curl)('bash and curl', () => {
    test.each(['provided.al2023', 'provided.al2'])('%s answers, logs and is reused', async (runtime) => {
      const executable = deploy(
        bash(`echo "got $1"; echo wrong >&2
calls=$((calls + 1))
post response -d "{\\"event\\":$1,\\"calls\\":$calls,\\"mine\\":\\"$MINE\\",\\"handler\\":\\"$_HANDLER\\",
  \\"environment\\":\\"\${AWS_EXECUTION_ENV-none}\\",\\"api\\":\\"$AWS_LAMBDA_RUNTIME_API\\",\\"pwd\\":\\"$PWD\\",
  \\"root\\":\\"$LAMBDA_TASK_ROOT\\",\\"options\\":\\"$NODE_OPTIONS\\"}"`),
        { runtime, environmentVariables: { MINE: 'ä', NODE_OPTIONS: '--no-such-option' } },
      );
      const first = await host.invoke(executable, { a: 1 });
      expect(first.payload).toEqual({
        ...{ event: { a: 1 }, calls: 1, mine: 'ä', handler: 'any.thing', environment: 'none' },
        ...{ api: '127.0.0.1:9001', pwd: '/var/task', root: '/var/task', options: '--no-such-option' },
      });
      expect(first.log).toMatch(/^START .*\ngot {"a":1}\nwrong\nEND .*\nREPORT /);
      expect((await host.invoke(executable)).payload).toMatchObject({ calls: 2 });
    });

    test('errors are passed on as they are, and the environment goes on', async () => {
      const executable = deploy(
        bash(
          'post error -H "Lambda-Runtime-Function-Error-Type: Function.Bad" -d "{\\"calls\\":$((++calls))}"',
        ),
      );
      const { functionError, payload, log } = await host.invoke(executable);
      expect({ functionError, payload }).toEqual({ functionError: 'Unhandled', payload: { calls: 1 } });
      expect(log).toContain('Status: error\tError Type: Function.Bad');
      expect((await host.invoke(executable)).payload).toEqual({ calls: 2 });
    });

    test('responses of 6 MB and 100 bytes pass, larger ones fail, and the environment goes on', async () => {
      const executable = deploy(
        bash(`{ echo -n '"'; head -c "$((\${1} - 2))" /dev/zero | tr '\\0' x; echo -n '"'; } > /tmp/response
post response --data-binary @/tmp/response; cat /tmp/answer; calls=$((calls + 1)); echo " $calls"`),
      );
      expect(((await host.invoke(executable, 6_291_556)).payload as string).length).toBe(6_291_554);
      expect((await host.invoke(executable, 6_291_557)).payload).toEqual({
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      });
      expect((await host.invoke(executable, 10)).payload).toBe('xxxxxxxx');
      const printed = host.logged.map(({ message }) => message).join('');
      expect(printed).toMatch(/"errorType":"RequestEntityTooLarge"} 2\n/);
    });

    test('a streamed response is streamed on, and comes in one piece where that is asked for', async () => {
      const executable = deploy(
        bash(`{ echo -n '"first '; echo -n 'second"'; } |
post response -T - -H "Lambda-Runtime-Function-Response-Mode: streaming" -H "Content-Type: text/x" -X POST`),
      );
      expect((await host.invoke(executable, 0)).payload).toBe('first second');
      const { contentType, chunks, completed } = await host.engine.invokeWithResponseStream({
        ...{ requestId: randomUUID(), executable, invokedFunctionArn: executable.functionArn },
        ...{ payload: Buffer.from('2'), traceId: 'Root=1-0-0', tailLog: false },
      });
      expect([contentType, await text(chunks)]).toEqual(['text/x', '"first second"']);
      expect((await completed).functionError).toBeUndefined();
    });

    test('a streamed response may be far larger than any other', async () => {
      const executable = deploy(
        bash(`head -c $1 /dev/zero |
post response -T - -H "Lambda-Runtime-Function-Response-Mode: streaming" -X POST`),
      );
      const { chunks, completed } = await host.engine.invokeWithResponseStream({
        ...{ requestId: randomUUID(), executable, invokedFunctionArn: executable.functionArn },
        ...{ payload: Buffer.from('30000000'), traceId: 'Root=1-0-0', tailLog: true },
      });
      let bytes = 0;
      for await (const chunk of chunks) bytes += (chunk as Buffer).length;
      expect(bytes).toBe(30_000_000);
      expect((await completed).functionError).toBeUndefined();
    });

    test.each([
      ['exit 3', 'Runtime exited with error: exit status 3'],
      ['exit 0', 'Runtime exited without providing a reason'],
      ['kill -9 $$', 'Runtime exited with error: signal: killed'],
    ])('%s in an invocation is told to the caller', async (line, message) => {
      const { payload, log } = await host.invoke(deploy(bash(line)));
      expect(payload).toEqual({
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(new RegExp(`^RequestId: \\S+ Error: ${message}$`)),
      });
      expect(log).toContain('Error Type: Runtime.ExitError');
    });

    test('an exit before the first event is told to the caller', async () => {
      expect((await host.invoke(deploy('#!/bin/bash\necho failed >&2; exit 4'))).payload).toMatchObject({
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringContaining('exit status 4'),
      });
    });

    test('an init error is told to the caller', async () => {
      const bootstrap = `#!/bin/bash
curl -sS -H 'Lambda-Runtime-Function-Error-Type: Runtime.Bad' -d '{"errorMessage":"no","errorType":"Bad"}' \
  http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/init/error; sleep 100`;
      const { payload, log } = await host.invoke(deploy(bootstrap));
      expect(payload).toEqual({ errorMessage: 'no', errorType: 'Bad' });
      expect(log).toContain('Error Type: Runtime.Bad');
    });

    test('a timeout ends it', async () => {
      const { payload } = await host.invoke(deploy(bash('sleep 100'), { timeoutSeconds: 1 }));
      expect(payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    });

    test('an event that is no JSON is refused before it is seen', async () => {
      const executable = deploy(bash('post response -d "$((++calls))"'));
      await expect(host.invoke(executable, Buffer.from('{'))).rejects.toMatchObject({
        code: 'InvalidRequestContentException',
      });
      expect((await host.invoke(executable)).payload).toBe(1);
    });

    test('bootstrap of a layer is used when the package has none', async () => {
      const executable = host.deploy({
        ...{ runtime: 'provided.al2023', handler: 'any', files: { file: '"from the package"' } },
        layers: { bootstrap: bash('post response -d "$(cat file)"') },
      });
      chmodSync(path.join(executable.layersDirectory ?? '', 'bootstrap'), 0o755);
      expect((await host.invoke(executable)).payload).toBe('from the package');
    });
  });

  test('a bootstrap that is missing or not executable is an invalid entry point', async () => {
    const missing = host.deploy({ runtime: 'provided.al2023', handler: 'any', files: { file: '' } });
    const { payload, log } = await host.invoke(missing);
    expect(payload).toEqual({
      errorType: 'Runtime.InvalidEntrypoint',
      errorMessage: "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]",
    });
    expect(log).toContain('Error Type: Runtime.InvalidEntrypoint');
    expect((await host.invoke(deploy('#!/bin/sh\n', {}, 0o644))).payload).toEqual({
      errorType: 'Runtime.InvalidEntrypoint',
      errorMessage: 'fork/exec /var/task/bootstrap: permission denied',
    });
  });

  test.skipIf(!compiler).each(['dynamic', 'static'])('a %s program in C', async (linking) => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'hearth-c-'));
    try {
      const source = path.join(directory, 'bootstrap.c');
      writeFileSync(source, customRuntimeSource);
      const program = path.join(directory, 'bootstrap');
      execFileSync(compiler ?? '', [...(linking === 'static' ? ['-static'] : []), '-o', program, source]);
      const executable = deploy('');
      cpSync(program, path.join(executable.codeDirectory, 'bootstrap'));
      expect((await host.invoke(executable, { a: 1 })).payload).toEqual({ echo: { a: 1 }, calls: 1 });
      expect((await host.invoke(executable, 'ä')).payload).toEqual({ echo: 'ä', calls: 2 });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
