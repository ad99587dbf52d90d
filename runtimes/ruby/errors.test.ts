import { expect, it } from 'vitest';
import { frameType, logText } from '../test-runtime.ts';
import { describeRuby, start } from './test-ruby.ts';

const method = (body: string) => `def handler(event:, context:)\n  ${body}\nend\n`;

describeRuby('errors (ruby)', () => {
  it('have message, type and the function’s frames, and leave the process in use', async () => {
    const { runtime } = await start(`def deep = raise("bad")\n${method('event["ok"] || deep')}`);
    await using _ = runtime;
    const answer = await runtime.invoke({});
    expect(answer).toMatchObject({ type: frameType.error, header: { errorType: 'Function<RuntimeError>' } });
    expect(answer.json).toEqual({
      errorMessage: 'bad',
      errorType: 'Function<RuntimeError>',
      stackTrace: [
        expect.stringMatching(new RegExp(`^${runtime.taskRoot}/app.rb:1:in .*deep'$`)),
        expect.stringMatching(new RegExp(`^${runtime.taskRoot}/app.rb:3:in .*handler'$`)),
      ],
    });
    expect(logText(answer)).toBe(
      `Error raised from handler method\n${JSON.stringify(answer.json, null, 2)}\n`,
    );
    expect((await runtime.invoke({ ok: 1 })).body).toBe('1');
  });

  it('keep a message that is no valid text', async () => {
    const { runtime } = await start(method('raise "a\\xffé".b'));
    await using _ = runtime;
    expect((await runtime.invoke({})).json).toMatchObject({ errorMessage: expect.stringMatching(/^a.+/) });
  });

  it.each([
    ['nil.nope', 'Function<NoMethodError>'],
    ['Nope', 'Function<NameError>'],
    ['exit', 'Function<SystemExit>'],
    ['raise NotImplementedError', 'Function<NotImplementedError>'],
    ['handler(event: 1, context: 2)', 'Function<SystemStackError>'],
  ])('%s is answered, and ends the process', async (statement, errorType) => {
    const { runtime } = await start(method(statement));
    await using _ = runtime;
    const answer = await runtime.invoke({});
    expect(answer).toMatchObject({
      type: frameType.error,
      header: { errorType, exiting: true },
      json: { errorType },
    });
    expect(logText(answer)).toMatch(/^Critical exception from handler\n/);
    expect(await runtime.exited).toBe(255);
  });

  it('a method that does not exist shows when it is called', async () => {
    const { runtime, init } = await start('');
    await using _ = runtime;
    expect(init.type).toBe(frameType.ready);
    expect((await runtime.invoke({})).json).toMatchObject({
      errorType: 'Function<NoMethodError>',
      errorMessage: expect.stringMatching(/^undefined method [`']handler' for .*LambdaHandler/),
    });
  });

  it('exit! ends the process without an answer', async () => {
    const { runtime } = await start(method('exit! 5'));
    await using _ = runtime;
    expect((await runtime.invoke({})).type).toBe(0);
    expect(await runtime.exited).toBe(5);
  });

  it('ends when the worker is gone, whatever threads do', async () => {
    const { runtime } = await start(`Thread.new { sleep }\nat_exit { sleep }\n${method('1')}`);
    await using _ = runtime;
    expect(await runtime.stop()).toBe(0);
  });
});
