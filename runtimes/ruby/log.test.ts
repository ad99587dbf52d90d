import { expect, it } from 'vitest';
import { invokeHeader, logText } from '../test-runtime.ts';
import { call, describeRuby, start } from './test-ruby.ts';

const { requestId } = invokeHeader;
const method = (body: string) => `require "logger"\ndef handler(event:, context:)\n  ${body}\nend\n`;

describeRuby('log (ruby)', () => {
  it('puts is one event, print and $stdout.puts are raw output', async () => {
    const { runtime } = await start(method('puts ["a", ["b"]], 1, "é"\n  print "c"\n  $stdout.puts "d"'));
    await using _ = runtime;
    const answer = await runtime.invoke({});
    expect(answer.logs.map((log) => log.body)).toEqual(['a\nb\n1\né\n']);
    await runtime.stop();
    expect(runtime.output).toBe('cd\n');
  });

  it('puts follows an output that the function has put in place of its own', async () => {
    const answer = await call(
      method(
        'saved, $stdout = $stdout, StringIO.new\n  puts "x"\n  text, $stdout = $stdout.string, saved\n  text',
      ),
    );
    expect(answer).toMatchObject({ body: '"x\\n"', logs: [] });
  });

  it.each(['$stdout', '$stderr', 'nil'])('a logger on %s writes Lambda’s text', async (device) => {
    const answer = await call(method(`Logger.new(${device}, progname: "p").info("x\\ny")`));
    expect(logText(answer)).toMatch(
      new RegExp(
        `^I, \\[\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6} #\\d+\\]  INFO ${requestId} -- p: x\ny\n$`,
      ),
    );
    expect(answer.logs).toHaveLength(1);
    expect(answer.logs[0]?.header).toEqual({ timestampMicroseconds: expect.closeTo(Date.now() * 1000, -8) });
  });

  it('a logger with a format or an output of its own keeps it', async () => {
    const answer = await call(
      method(
        [
          'own = StringIO.new',
          'Logger.new(own).warn("x")',
          'Logger.new($stdout, formatter: ->(*parts) { parts.last }).warn("y")',
          'own.string',
        ].join('\n  '),
      ),
    );
    expect(answer.json).toMatch(/^W, \[.* -- : x\n$/);
    expect(logText(answer)).toBe('y\n');
  });

  it('the level can be configured', async () => {
    const environment = { AWS_LAMBDA_LOG_LEVEL: 'WARN' };
    const source = method('l = Logger.new($stdout)\n  l.info("i")\n  l.warn("w")');
    expect((await call(source, {}, { environment })).logs).toHaveLength(1);
    expect((await call(source)).logs).toHaveLength(2);
  });

  it('JSON lines carry request id, logger and exceptions', async () => {
    const answer = await call(
      method(
        'l = Logger.new($stdout, progname: "p")\n  l.info("é")\n  l.error(KeyError.new("k"))\n  raise "bad"',
      ),
      {},
      { environment: { AWS_LAMBDA_LOG_FORMAT: 'JSON' } },
    );
    const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(answer.logs.map((log) => JSON.parse(log.body))).toEqual([
      { timestamp, level: 'INFO', message: 'é', requestId, logger: 'p' },
      {
        ...{ timestamp, level: 'ERROR', message: 'k', requestId, logger: 'p' },
        ...{ errorType: 'KeyError', errorMessage: 'k', stackTrace: [] },
      },
      {
        ...{ timestamp, level: 'ERROR', message: 'Error raised from handler method', requestId },
        ...(answer.json as object),
      },
    ]);
  });

  it('a message over 256 KB becomes several events, cut between characters', async () => {
    const answer = await call(method('puts "x" + "€" * 200_000'));
    expect(answer.logs.map((log) => Buffer.byteLength(log.body))).toEqual([262_144, 262_143, 75_715]);
    expect(logText(answer)).toBe(`x${'€'.repeat(200_000)}\n`);
  });

  it('threads may log while the handler answers', async () => {
    const source = method(
      '4.times.map { |n| Thread.new { 50.times { |i| puts "#{n}-#{i}" } } }.each(&:join)\n  1',
    );
    expect((await call(source)).logs).toHaveLength(200);
  });
});
