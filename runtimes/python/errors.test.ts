import { expect, it } from 'vitest';
import { frameType, invokeHeader, logText } from '../test-runtime.ts';
import { describePython } from './test-python.ts';

const { requestId } = invokeHeader;

describePython('errors', ({ start }) => {
  const source = 'def deep():\n    raise ValueError("bad")\n\ndef handler(event, context):\n    deep()\n';
  it('have message, type, request id and the function’s frames', async () => {
    const { runtime } = await start(source);
    await using _ = runtime;
    const answer = await runtime.invoke({});
    expect(answer).toMatchObject({ type: frameType.error, header: { errorType: 'ValueError' } });
    expect(answer.body).toBe(
      `{"errorMessage": "bad", "errorType": "ValueError", "requestId": "${requestId}", "stackTrace": [` +
        `"  File \\"${runtime.taskRoot}/app.py\\", line 5, in handler\\n    deep()\\n", ` +
        `"  File \\"${runtime.taskRoot}/app.py\\", line 2, in deep\\n    raise ValueError(\\"bad\\")\\n"]}`,
    );
    expect(logText(answer)).toBe(
      '[ERROR] ValueError: bad\nTraceback (most recent call last):\n' +
        `\u00a0\u00a0File "${runtime.taskRoot}/app.py", line 5, in handler\n\u00a0\u00a0\u00a0\u00a0deep()\n` +
        `\u00a0\u00a0File "${runtime.taskRoot}/app.py", line 2, in deep\n\u00a0\u00a0\u00a0\u00a0raise ValueError("bad")\n`,
    );
    expect(answer.logs[0]?.header).toMatchObject({ level: 'ERROR' });
  });

  it('leave the process in use', async () => {
    const { runtime } = await start(
      'n = 0\ndef handler(e, c):\n  global n\n  n += 1\n  assert n > 1\n  return n',
    );
    await using _ = runtime;
    expect((await runtime.invoke({})).header.errorType).toBe('AssertionError');
    expect((await runtime.invoke({})).body).toBe('2');
  });

  const exits: [statement: string, code: number | string, output: RegExp][] = [
    ['sys.exit(0)', 0, /^$/],
    ['sys.exit(3)', 3, /^$/],
    ['sys.exit("why")', 1, /^why\n$/],
    ['exit(4)', 4, /^$/],
    ['os._exit(5)', 5, /^$/],
    ['os.abort()', 'SIGABRT', /^$/],
    ['raise KeyboardInterrupt', 'SIGINT', /KeyboardInterrupt/],
  ];
  it.each(exits)('%s ends the process without an answer', async (statement, code, output) => {
    const { runtime } = await start(`import os, sys\ndef handler(e, c): ${statement}`);
    await using _ = runtime;
    expect((await runtime.invoke({})).type).toBe(0);
    expect(await runtime.exited).toBe(code);
    expect(runtime.output).toMatch(output);
  });

  it('an exit during init is no init error', async () => {
    const { runtime, init } = await start('import sys\nsys.exit(7)');
    await using _ = runtime;
    expect(init.type).toBe(0);
    expect(await runtime.exited).toBe(7);
  });
});
