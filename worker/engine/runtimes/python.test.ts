import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findRuntimes } from '../runtimes.ts';
import { sandboxProblem, TestEngine } from '../test-engine.ts';

const problem = await sandboxProblem();
const names = [...findRuntimes().values()].flatMap((runtime) =>
  'entry' in runtime && runtime.name.startsWith('python') ? [runtime.name] : [],
);
const requestId = '11111111-2222-3333-4444-555555555555';

describe.skipIf(problem || names.length === 0)(
  `Python in a sandbox (${problem ?? (names.join(', ') || 'no python3.10 to python3.15 found')})`,
  () => {
    let host: TestEngine;
    beforeAll(async () => {
      host = await TestEngine.start();
    });
    afterAll(() => host[Symbol.asyncDispose]());

    describe.each(names)('%s', (runtime) => {
      const deploy = (source: string, more = {}) =>
        host.deploy({ runtime, files: { 'app.py': source }, handler: 'app.handler', ...more });

      test('a function answers, logs and is reused', async () => {
        const executable = deploy(
          [
            'import logging, os, sys',
            'calls = 0',
            'def handler(event, context):',
            '  global calls',
            '  calls += 1',
            '  print("printed é")',
            '  logging.warning("logged")',
            '  return {"event": event, "calls": calls, "id": context.aws_request_id, "file": __file__,',
            '    "region": os.environ["AWS_REGION"], "env": os.environ["AWS_EXECUTION_ENV"], "mine": os.environ["MINE"]}',
          ].join('\n'),
          { environmentVariables: { MINE: 'ä' } },
        );
        const first = await host.invoke(executable, { a: 1 }, { requestId });
        expect(first.payload).toEqual({
          event: { a: 1 },
          calls: 1,
          id: requestId,
          file: '/var/task/app.py',
          region: 'us-east-1',
          env: `AWS_Lambda_${runtime}`,
          mine: 'ä',
        });
        expect(first.log).toMatch(
          /^START .*\n(printed é\n)?\[WARNING\]\t.*\tlogged\n(printed é\n)?END .*\nREPORT /,
        );
        expect(first.log).toContain('printed é\n');
        expect((await host.invoke(executable)).payload).toMatchObject({ calls: 2 });
      });

      test('errors, init errors and exits are what they are on Lambda', async () => {
        expect(
          await host.invoke(deploy('def handler(e, c):\n  raise ValueError("bad")'), {}, { requestId }),
        ).toMatchObject({
          functionError: 'Unhandled',
          payload: {
            errorMessage: 'bad',
            errorType: 'ValueError',
            requestId,
            stackTrace: ['  File "/var/task/app.py", line 2, in handler\n    raise ValueError("bad")\n'],
          },
        });
        expect((await host.invoke(deploy('import missing'))).payload).toEqual({
          errorMessage: "Unable to import module 'app': No module named 'missing'",
          errorType: 'Runtime.ImportModuleError',
          requestId: '',
          stackTrace: [],
        });
        expect(
          (await host.invoke(deploy('import sys\ndef handler(e, c): sys.exit(3)'))).payload,
        ).toMatchObject({
          errorType: 'Runtime.ExitError',
          errorMessage: expect.stringMatching(/Runtime exited with error: exit status 3$/),
        });
      });

      test('the standard library works without the machine’s own packages', async () => {
        const executable = deploy(
          [
            'import ctypes, hashlib, sqlite3, ssl, subprocess, tempfile, zoneinfo',
            'def handler(event, context):',
            '  with tempfile.NamedTemporaryFile() as file: file.write(b"x")',
            '  try: import pip; found = True',
            '  except ImportError: found = False',
            '  return [hashlib.sha256(b"").hexdigest()[:8], sqlite3.connect(":memory:").execute("select 1").fetchone(),',
            '    subprocess.run(["echo", "x"], capture_output=True).stdout.decode(), found]',
          ].join('\n'),
        );
        expect((await host.invoke(executable)).payload).toEqual(['e3b0c442', [1], 'x\n', false]);
      });

      test('modules of layers are found, after those of the package', async () => {
        const executable = deploy('', {
          files: {
            'app.py':
              'import both, layered, site_layered\ndef handler(e, c): return [both.x, layered.x, site_layered.x]',
            'both.py': 'x = 1',
          },
          layers: {
            'python/both.py': 'x = 2',
            'python/layered.py': 'x = 3',
            [`python/lib/${runtime}/site-packages/site_layered.py`]: 'x = 4',
          },
        });
        expect((await host.invoke(executable)).payload).toEqual([1, 3, 4]);
      });

      test('variables that the interpreter reads when it starts are there then', async () => {
        const executable = deploy('import sys\ndef handler(e, c): return sys.flags.optimize', {
          environmentVariables: { PYTHONOPTIMIZE: '2' },
        });
        expect((await host.invoke(executable)).payload).toBe(2);
      });
    });
  },
);
