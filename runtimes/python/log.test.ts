import { expect, it } from 'vitest';
import { frameType, invokeHeader, logText } from '../test-runtime.ts';
import { describePython } from './test-python.ts';

const { requestId } = invokeHeader;

describePython('log', ({ call, start }) => {
  it('print is written at once, as it is', async () => {
    const { runtime } = await start(
      'import sys\ndef handler(e, c):\n  print("a\\tb")\n  sys.stderr.write("c")',
    );
    await using _ = runtime;
    await runtime.invoke({});
    await runtime.stop();
    expect(runtime.output).toContain('a\tb\n');
    expect(runtime.output).toContain('c');
  });

  it('the root logger writes Lambda’s text from WARNING on, with its time and level', async () => {
    const answer = await call(
      'import logging\ndef handler(e, c):\n  logging.info("no")\n  logging.getLogger("a.b").warning("x %s", 1)\n',
    );
    expect(logText(answer)).toMatch(
      new RegExp(
        `^\\[WARNING\\]\\t\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\\t${requestId}\\tx 1\\n$`,
      ),
    );
    expect(answer.logs[0]?.header).toEqual({
      timestampMicroseconds: expect.closeTo(Date.now() * 1000, -8),
      level: 'WARN',
    });
  });

  it('a message of several lines, and an exception, are one event', async () => {
    const answer = await call(
      'import logging\ndef handler(e, c):\n  try: 1/0\n  except ZeroDivisionError: logging.exception("a\\nb")\n',
    );
    expect(answer.logs).toHaveLength(1);
    expect(logText(answer)).toMatch(
      /\ta\nb\nTraceback \(most recent call last\):\n {2}File .*ZeroDivisionError: division by zero\n$/s,
    );
  });

  it('the level can be configured', async () => {
    const source = 'import logging\ndef handler(e, c):\n  logging.debug("d")\n  logging.error("e")';
    const levels = async (level: string) =>
      (await call(source, {}, { environment: { AWS_LAMBDA_LOG_LEVEL: level } })).logs.map(
        (log) => log.header.level,
      );
    expect(await levels('TRACE')).toEqual(['DEBUG', 'ERROR']);
    expect(await levels('FATAL')).toEqual([]);
  });

  it('JSON lines carry logger, request id, extras and exceptions', async () => {
    const answer = await call(
      [
        'import logging',
        'def handler(e, c):',
        '  log = logging.getLogger("mine")',
        '  log.warning("é %d", 1, extra={"order": {"id": 7}, "none": None})',
        '  try: 1/0',
        '  except ZeroDivisionError: log.exception("caught")',
        '  raise ValueError("bad")',
      ].join('\n'),
      {},
      { environment: { AWS_LAMBDA_LOG_FORMAT: 'JSON' } },
    );
    const [warning, exception, error] = answer.logs.map((log) => JSON.parse(log.body));
    const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);
    expect(warning).toEqual({
      timestamp,
      level: 'WARNING',
      message: 'é 1',
      logger: 'mine',
      requestId,
      order: { id: 7 },
    });
    expect(exception).toMatchObject({
      level: 'ERROR',
      errorType: 'ZeroDivisionError',
      errorMessage: 'division by zero',
      stackTrace: [expect.stringMatching(/^ {2}File ".*app.py", line 5, in handler\n/)],
      location: expect.stringMatching(/app\.py:handler:6$/),
    });
    expect(error).toEqual({
      timestamp,
      log_level: 'ERROR',
      errorType: 'ValueError',
      errorMessage: 'bad',
      requestId,
      stackTrace: [expect.stringContaining('line 7, in handler')],
    });
  });

  it('a message over 256 KB becomes several events, cut between characters', async () => {
    const answer = await call('def handler(e, c): c.log("x" + "€" * 200000)');
    expect(answer.logs.map((log) => Buffer.byteLength(log.body))).toEqual([262_144, 262_143, 75_715]);
    expect(logText(answer)).toBe(`x${'€'.repeat(200_000)}\n`);
  });

  it('threads may log while the handler answers', async () => {
    const { runtime } = await start(
      [
        'import logging, threading',
        'def work(n):',
        '  for i in range(50): logging.warning("%d-%d" % (n, i))',
        'def handler(e, c):',
        '  threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]',
        '  for thread in threads: thread.start()',
        '  for thread in threads: thread.join()',
      ].join('\n'),
    );
    await using _ = runtime;
    const answer = await runtime.invoke({});
    expect(answer.logs).toHaveLength(200);
    expect((await runtime.invoke({})).type).toBe(frameType.response);
  });
});
