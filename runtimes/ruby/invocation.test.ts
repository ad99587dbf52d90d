import { expect, it } from 'vitest';
import { frameType, invokeHeader } from '../test-runtime.ts';
import { call, describeRuby, start } from './test-ruby.ts';

const method = (body: string) => `def handler(event:, context:)\n  ${body}\nend\n`;

describeRuby('results and events (ruby)', () => {
  it.each([
    ['the event', 'event', '{"key":[1,2.5,null,true,"é"]}'],
    ['nil', 'nil', 'null'],
    ['a symbol', ':x', '"x"'],
    ['what to_json of a class says', 'Class.new { def to_json(*) = "[7]" }.new', '[7]'],
    ['bytes of a StringIO, untouched', 'StringIO.new("\\x01{not json")', '\x01{not json'],
  ])('answers with %s', async (_, expression, result) => {
    const answer = await call(method(expression), { key: [1, 2.5, null, true, 'é'] });
    expect(answer).toMatchObject({ type: frameType.response, body: result });
  });

  it('a result that has no JSON is the function’s error', async () => {
    const answer = await call(method('0.0 / 0'));
    expect(answer).toMatchObject({
      type: frameType.error,
      header: { errorType: 'Function<JSON::GeneratorError>' },
      json: { errorType: 'Function<JSON::GeneratorError>' },
    });
  });

  it('results that are too large become an error, and the process stays', async () => {
    const { runtime } = await start(method('"x" * event'), { maxResponseBytes: 100, reportMemory: true });
    await using _ = runtime;
    expect(await runtime.invoke(99)).toMatchObject({
      type: frameType.error,
      header: { errorType: 'Function.ResponseSizeTooLarge', maxRssKilobytes: expect.any(Number) },
      json: {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (100 bytes).',
      },
    });
    expect((await runtime.invoke(98)).body).toBe(`"${'x'.repeat(98)}"`);
  });

  it.each([
    ['is no JSON', Buffer.from('{nope'), /^(?!\d).*'\{?nope'/],
    ['is NaN', Buffer.from('[NaN]'), /NaN/],
    ['is no JSON for long', Buffer.from(`{${'nope'.repeat(100_000)}`), /^.{1,200}$/],
    ['is no UTF-8', Buffer.from([0x22, 0xff, 0x22]), /^Invalid UTF-8$/],
  ])('an event that %s never reaches the handler', async (_, body, message) => {
    const { runtime } = await start(method('print "called"'));
    await using __ = runtime;
    const answer = await runtime.invoke(body);
    expect(answer.type).toBe(frameType.invalidEvent);
    expect(answer.header.message).toMatch(message);
    expect(await runtime.stop()).toBe(0);
    expect(runtime.output).toBe('');
  });

  it('an empty event is an empty object', async () => {
    expect((await call(method('event'), Buffer.alloc(0))).body).toBe('{}');
  });

  it('an event of six megabytes comes through whole', async () => {
    const event = 'x'.repeat(6 * 1024 * 1024 - 2);
    expect((await call(method('event.size'), event)).body).toBe(String(event.length));
  });

  it('nesting beyond the parser is an error of the runtime', async () => {
    const answer = await call(method('1'), Buffer.from('['.repeat(500) + ']'.repeat(500)));
    expect(answer.header.errorType).toBe('Runtime<JSON::NestingError>');
  });

  it('a function may redefine how events and answers are converted', async () => {
    const source = [
      'class AwsLambda::Marshaller',
      '  def self.marshall_request(request) = [request["Content-Type"], request.body]',
      '  def self.marshall_response(response) = [response.inspect, "text/plain"]',
      'end',
      method('event'),
    ].join('\n');
    expect((await call(source, Buffer.from('raw'))).body).toBe('["application/json", "raw"]');
  });

  it('the context says what it says on Lambda', async () => {
    const source = method(
      '%i[aws_request_id invoked_function_arn function_name memory_limit_in_mb identity client_context deadline_ms]' +
        '.map { |name| context.send(name) } + [context.get_remaining_time_in_millis.between?(1, 60_000), ENV["_X_AMZN_TRACE_ID"]]',
    );
    const { runtime } = await start(source, {
      environment: { AWS_LAMBDA_FUNCTION_NAME: 'f', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128' },
    });
    await using _ = runtime;
    const { requestId, invokedFunctionArn, traceId } = invokeHeader;
    const deadlineMilliseconds = Date.now() + 60_000;
    const clientContext = '{"custom":{"a":1}}';
    expect((await runtime.invoke({}, { deadlineMilliseconds, clientContext })).json).toEqual([
      ...[requestId, invokedFunctionArn, 'f', '128', null],
      ...[{ custom: { a: 1 } }, deadlineMilliseconds, true, traceId],
    ]);
  });

  it('a forked child can log and return without disturbing the link', async () => {
    const { runtime } = await start(
      method('Process.wait(fork { puts "child" })\n  pid = fork\n  Process.wait(pid) if pid\n  1'),
    );
    await using _ = runtime;
    expect(await runtime.invoke({})).toMatchObject({ type: frameType.response, body: '1', logs: [] });
    expect((await runtime.invoke({})).body).toBe('1');
    await runtime.stop();
    expect(runtime.output).toBe('child\nchild\n');
  });
});
