import { expect, it } from 'vitest';
import { frameType, invokeHeader, logText } from '../test-runtime.ts';
import { describeJava } from './test-java.ts';

const source = `
import com.amazonaws.services.lambda.runtime.*;
import com.amazonaws.services.lambda.runtime.logging.*;
import java.util.*;

public class Functions {
  static int calls = 0;
  public Object log(Object event, Context context) {
    LambdaLogger logger = context.getLogger();
    System.out.println("printed é");
    logger.log("plain");
    logger.log("a\\nb", LogLevel.INFO);
    logger.log("bytes".getBytes());
    LambdaRuntime.getLogger().log("warned", LogLevel.WARN);
    return null;
  }
  public Object large(Object event, Context context) { context.getLogger().log("x" + "€".repeat(200000)); return null; }
  public Object threads(Object event, Context context) throws Exception {
    List<Thread> all = new ArrayList<>();
    for (int n = 0; n < 4; n++) all.add(new Thread(() -> { for (int i = 0; i < 50; i++) context.getLogger().log("x"); }));
    for (Thread each : all) each.start();
    for (Thread each : all) each.join();
    return null;
  }
  void deep() { throw new IllegalStateException("outer", new RuntimeException("inner")); }
  public Object fail(Object event) { if (++calls > 1) return calls; deep(); return null; }
  public Object silent(Object event) { throw new NullPointerException(); }
  public Object overflow(Object event) { return overflow(event); }
  public Object exit(int code) { System.exit(code); return null; }
  public Object halt(int code) { Runtime.getRuntime().halt(code); return null; }
  public Object interrupted(Object event) { boolean was = Thread.currentThread().isInterrupted(); Thread.currentThread().interrupt(); return was; }
  public Object sleepers(Object event) { new Thread(() -> { try { Thread.sleep(600000); } catch (InterruptedException e) {} }).start(); return null; }
}`;

describeJava('log and errors', source, ({ call, start }) => {
  it('messages are events as they are, with a level in front where one is given', async () => {
    const { runtime } = await start('Functions::log');
    await using _ = runtime;
    const answer = await runtime.invoke({});
    expect(answer.logs.map((log) => log.body)).toEqual([
      'plain\n',
      '[INFO] a\nb\n',
      'bytes\n',
      '[WARN] warned\n',
    ]);
    const timestampMicroseconds = expect.closeTo(Date.now() * 1000, -8);
    expect(answer.logs[0]?.header).toEqual({ timestampMicroseconds });
    expect(answer.logs[1]?.header).toEqual({ timestampMicroseconds, level: 'INFO' });
    await runtime.stop();
    expect(runtime.output).toBe('printed é\n');
  });

  it('JSON lines carry level and request id; the level can be configured', async () => {
    const environment = { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'WARN' };
    const answer = await call('Functions::log', {}, { environment });
    const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const AWSRequestId = invokeHeader.requestId;
    expect(answer.logs[1]?.body).toBe('bytes\n');
    expect([0, 2].map((i) => JSON.parse(answer.logs[i]?.body ?? ''))).toEqual([
      { timestamp, message: 'plain', level: 'UNDEFINED', AWSRequestId },
      { timestamp, message: 'warned', level: 'WARN', AWSRequestId },
    ]);
    const failed = await call('Functions::silent', {}, { environment });
    expect(JSON.parse(logText(failed))).toMatchObject({
      level: 'ERROR',
      message: expect.stringMatching(/^java\.lang\.NullPointerException: java\.lang\.NullPointerException\n/),
    });
  });

  it('a message over 256 KB becomes several events, cut between characters', async () => {
    const answer = await call('Functions::large');
    expect(answer.logs.map((log) => Buffer.byteLength(log.body))).toEqual([262_144, 262_143, 75_715]);
    expect(logText(answer)).toBe(`x${'€'.repeat(200_000)}\n`);
  });

  it('threads may log while the handler answers', async () => {
    expect((await call('Functions::threads')).logs).toHaveLength(200);
  });

  it('errors have message, type, the function’s frames and their cause, and leave the process in use', async () => {
    const { runtime } = await start('Functions::fail');
    await using _ = runtime;
    const answer = await runtime.invoke({});
    expect(answer).toMatchObject({
      type: frameType.error,
      header: { errorType: 'java.lang.IllegalStateException' },
    });
    const stackTrace = expect.arrayContaining([
      expect.stringMatching(/^Functions\.deep\(Functions\.java:\d+\)$/),
      expect.stringMatching(/^Functions\.fail\(Functions\.java:\d+\)$/),
    ]);
    expect(answer.json).toEqual({
      errorMessage: 'outer',
      errorType: 'java.lang.IllegalStateException',
      stackTrace,
      cause: { errorMessage: 'inner', errorType: 'java.lang.RuntimeException', stackTrace },
    });
    expect(answer.body).not.toContain('hearth.');
    expect(logText(answer)).toMatch(
      /^outer: java\.lang\.IllegalStateException\njava\.lang\.IllegalStateException: outer\n\tat Functions\.deep\(Functions\.java:\d+\)\n/,
    );
    expect((await runtime.invoke({})).body).toBe('2');
  });

  it('an error without a message has its type for one', async () => {
    expect((await call('Functions::silent')).json).toMatchObject({
      errorMessage: 'java.lang.NullPointerException',
      errorType: 'java.lang.NullPointerException',
    });
  });

  it('an error of the virtual machine is answered, and ends the process', async () => {
    const { runtime } = await start('Functions::overflow');
    await using _ = runtime;
    expect(await runtime.invoke({})).toMatchObject({
      type: frameType.error,
      header: { errorType: 'java.lang.StackOverflowError', exiting: true },
    });
    expect(await runtime.exited).toBe(1);
  });

  it.each(['exit', 'halt'])('%s ends the process without an answer', async (method) => {
    const { runtime } = await start(`Functions::${method}`);
    await using _ = runtime;
    expect((await runtime.invoke(5)).type).toBe(0);
    expect(await runtime.exited).toBe(5);
  });

  it('an interrupt ends with its invocation', async () => {
    const { runtime } = await start('Functions::interrupted');
    await using _ = runtime;
    expect((await runtime.invoke({})).body).toBe('false');
    expect((await runtime.invoke({})).body).toBe('false');
  });

  it('ends when the worker is gone, whatever threads do', async () => {
    const { runtime } = await start('Functions::sleepers');
    await using _ = runtime;
    await runtime.invoke({});
    expect(await runtime.stop()).toBe(0);
  });
});
