import { expect, it } from 'vitest';
import { frameType, logText } from '../test-runtime.ts';
import { describePython, directory } from './test-python.ts';

describePython('handlers', ({ call, minor, start }) => {
  const found: [handler: string, file: string][] = [
    ['app.handler', 'app.py'],
    ['package/module.handler', 'package/module.py'],
    ['package.module.handler', 'package/module.py'],
    ['errors.handler', 'errors.py'],
    ['handler.handler', 'handler.py'],
  ];
  it.each(found)('%s is found in %s', async (handler, file) => {
    const source = 'def handler(e, c): return __file__.removeprefix(e)';
    const { runtime } = await start('', { files: { [file]: source }, handler });
    await using _ = runtime;
    expect((await runtime.invoke(`${runtime.taskRoot}/`)).json).toBe(file);
  });

  const notFound: [handler: string, source: string, errorType: string, message: RegExp][] = [
    [
      'app',
      '',
      'Runtime.MalformedHandlerName',
      /^Bad handler 'app': not enough values to unpack \(expected 2, got 1\)$/,
    ],
    ['sys.exit', '', 'Runtime.BuiltInModuleConflict', /^Cannot use built-in module sys as a handler module$/],
    [
      'gone.handler',
      '',
      'Runtime.ImportModuleError',
      /^Unable to import module 'gone': No module named 'gone'$/,
    ],
    [
      'app.handler',
      'import missing.part',
      'Runtime.ImportModuleError',
      /^Unable to import module 'app': No module named 'missing'$/,
    ],
    [
      'app.handler',
      'def handler(:\n',
      'Runtime.UserCodeSyntaxError',
      /^Syntax error in module 'app': .* \(app.py, line 1\)$/,
    ],
    ['app.other', '', 'Runtime.HandlerNotFound', /^Handler 'other' missing on module 'app'$/],
  ];
  it.each(notFound)('%s of a module «%s» is refused: %s', async (handler, source, errorType, message) => {
    const { runtime, init } = await start(source, { handler });
    await using _ = runtime;
    expect(init).toMatchObject({ type: frameType.initError, header: { errorType } });
    expect(init.json).toMatchObject({
      errorType,
      errorMessage: expect.stringMatching(message),
      requestId: '',
    });
    expect(logText(init)).toMatch(
      /^\[WARNING\]\t.{24}\t\tLAMBDA_WARNING: Unhandled exception\. .*\n\[ERROR\] /,
    );
    expect(await runtime.exited).toBe(1);
  });

  it('an error while a module is loaded is an init error with the function’s own lines', async () => {
    const { runtime, init } = await start('def load():\n    raise KeyError("x")\nload()\n');
    await using _ = runtime;
    expect(init.json).toMatchObject({ errorType: 'KeyError', errorMessage: "'x'", requestId: '' });
    const { stackTrace } = init.json as { stackTrace: string[] };
    expect(stackTrace.at(-1)).toBe(
      `  File "${runtime.taskRoot}/app.py", line 2, in load\n    raise KeyError("x")\n`,
    );
    expect(stackTrace.join('')).not.toContain(directory);
  });

  it('the search path is Lambda’s, and holds nothing of the machine’s own packages', async () => {
    const { runtime } = await start('import sys\ndef handler(e, c): return sys.path');
    await using _ = runtime;
    const searched = (await runtime.invoke({})).json as string[];
    expect(searched.slice(0, 3)).toEqual([
      runtime.taskRoot,
      `/opt/python/lib/python3.${minor}/site-packages`,
      '/opt/python',
    ]);
    expect(searched.join()).not.toMatch(
      /dist-packages|runtimes\/python|python3\.\d+\/site-packages(?<!\/opt.*)/,
    );
  });

  it('a configured PYTHONPATH takes the place of the layers', async () => {
    const { runtime } = await start('import sys\ndef handler(e, c): return sys.path[:2]', {
      environment: { PYTHONPATH: '/opt/other' },
    });
    await using _ = runtime;
    expect((await runtime.invoke({})).json).toEqual([runtime.taskRoot, '/opt/other']);
  });

  it('.pth files of the package are followed', async () => {
    const files = {
      'a.pth': 'vendor\n',
      'vendor/inner.py': 'x = 7',
      'app.py': 'import inner\ndef handler(e, c): return inner.x',
    };
    expect((await call('', {}, { files })).body).toBe('7');
  });
});
