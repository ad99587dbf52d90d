import { expect, it } from 'vitest';
import { frameType, invokeHeader } from '../test-runtime.ts';
import { describePython } from './test-python.ts';

const { requestId } = invokeHeader;

describePython('results', ({ call, minor, start }) => {
  const rows: [name: string, expression: string, result: string][] = [
    ['the event', 'event', '{"key": [1, 2.5, null, true, "x"]}'],
    ['None', 'None', 'null'],
    ['a string', '"x"', '"x"'],
    ['bytes, untouched', 'b"\\x01{not json"', '\x01{not json'],
    ['text beyond ASCII', '"é€"', minor < 12 ? '"\\u00e9\\u20ac"' : '"é€"'],
    ['half a character', '"\\ud800"', '"\\ud800"'],
    ['decimals as numbers', '[Decimal("3"), Decimal("1.50"), Decimal("1e3")]', '[3, 1.5, 1000.0]'],
    ['tuples', '(1, (2,))', '[1, [2]]'],
  ];
  it.each(rows)('answers with %s', async (_, expression, result) => {
    const answer = await call(
      `from decimal import Decimal\ndef handler(event, context):\n    return ${expression}`,
      { key: [1, 2.5, null, true, 'x'] },
    );
    expect(answer).toMatchObject({ type: frameType.response, body: result });
  });

  const unmarshallable: [name: string, expression: string, message: RegExp][] = [
    ['a set', '{1}', /^Unable to marshal response: Object of type set is not JSON serializable$/],
    ['NaN', 'float("nan")', /^Unable to marshal response: Out of range float values are not JSON compliant/],
    ['a coroutine', 'coroutine()', /^Unable to marshal response: Object of type coroutine is not/],
    ['a circle', 'circle', /^Unable to marshal response: Circular reference detected$/],
  ];
  it.each(unmarshallable)('refuses %s', async (_, expression, message) => {
    const answer = await call(
      `circle = []\ncircle.append(circle)\nasync def coroutine(): pass\ndef handler(e, c): return ${expression}`,
    );
    expect(answer.type).toBe(frameType.error);
    expect(answer.json).toEqual({
      errorType: 'Runtime.MarshalError',
      errorMessage: expect.stringMatching(message),
      requestId,
      stackTrace: [],
    });
  });

  it('that are too large become an error, and the process stays', async () => {
    const { runtime } = await start('def handler(e, c): return "x" * e', { maxResponseBytes: 100 });
    await using _ = runtime;
    const answer = await runtime.invoke(99);
    expect(answer).toMatchObject({
      type: frameType.error,
      header: { errorType: 'Function.ResponseSizeTooLarge' },
      json: {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (100 bytes).',
      },
    });
    expect((await runtime.invoke(98)).body).toBe(`"${'x'.repeat(98)}"`);
  });

  it('carry the memory use when it is asked for', async () => {
    const answer = await call('def handler(e, c): pass', {}, { reportMemory: true });
    expect(answer.header.maxRssKilobytes).toBeGreaterThan(1000);
  });
});

describePython('events', ({ call, start }) => {
  it.each([
    ['is no JSON', Buffer.from('{nope'), /^Expecting property name/],
    ['is NaN', Buffer.from('[NaN]'), /^NaN is not JSON$/],
    ['is no UTF-8', Buffer.from([0x22, 0xff, 0x22]), /^Invalid UTF-8$/],
  ])('an event that %s never reaches the handler', async (_, body, message) => {
    const { runtime } = await start('def handler(e, c): print("called")');
    await using __ = runtime;
    const answer = await runtime.invoke(body);
    expect(answer.type).toBe(frameType.invalidEvent);
    expect(answer.header.message).toMatch(message);
    expect(await runtime.stop()).toBe(0);
    expect(runtime.output).toBe('');
  });

  it('an empty event is an empty object', async () => {
    expect((await call('def handler(e, c): return e', Buffer.alloc(0))).body).toBe('{}');
  });

  it('an event of six megabytes comes through whole', async () => {
    const event = 'x'.repeat(6 * 1024 * 1024 - 2);
    expect((await call('def handler(e, c): return len(e)', event)).body).toBe(String(event.length));
  });

  it('nesting beyond the interpreter is the function’s error', async () => {
    const depth = 400_000;
    const answer = await call('def handler(e, c): pass', Buffer.from('['.repeat(depth) + ']'.repeat(depth)));
    expect(answer.header.errorType).toBe('Runtime.UnmarshalError');
  });
});
