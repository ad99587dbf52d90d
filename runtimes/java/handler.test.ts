import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { frameType, invokeHeader, logText } from '../test-runtime.ts';
import { describeJava } from './test-java.ts';

const source = `
import com.amazonaws.services.lambda.runtime.*;
import java.io.*;
import java.util.*;

class Base<A> { public A same(A event) { return event; } }
abstract class Middle<T> implements RequestHandler<T, String> {}

public class Functions {
  public static class Echo implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) { return event; }
  }
  public static class Length extends Middle<List<String>> {
    public String handleRequest(List<String> event, Context context) { return event.get(0) + event.size(); }
  }
  public static class Upper implements RequestStreamHandler {
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
      out.write(new String(in.readAllBytes(), "UTF-8").toUpperCase().getBytes("UTF-8"));
    }
  }
  public static class Methods {
    public int add(int event) { return event + 1; }
    public static String greet(String name, Context context) { return "hello " + name + " " + context.getAwsRequestId(); }
    public void nothing(String event) {}
    public String over(String event) { return "short"; }
    public String over(String event, Context context) { return "long"; }
    public String none() { return "no event"; }
    public String only(Context context) { return context.getFunctionName(); }
    public void copy(InputStream in, OutputStream out) throws IOException { in.transferTo(out); }
    public String three(String a, String b, String c) { return ""; }
    String hidden(String event) { return ""; }
  }
  public static class Numbers extends Base<Integer> {}
  public static class Raw implements RequestHandler { public Object handleRequest(Object e, Context c) { return e; } }
  public static class Plain {}
  public static class NoConstructor implements RequestHandler<String, String> {
    public NoConstructor(int x) {}
    public String handleRequest(String e, Context c) { return e; }
  }
  public static class BadConstructor implements RequestHandler<String, String> {
    public BadConstructor() { throw new IllegalStateException("broken"); }
    public String handleRequest(String e, Context c) { return e; }
  }
  public static class BadStatic implements RequestHandler<String, String> {
    static int x = Integer.parseInt("x");
    public String handleRequest(String e, Context c) { return e; }
  }
  public static class Exits { static { System.exit(7); } }
  public static class About {
    public Object tell(Object event, Context c) {
      ClientContext cc = c.getClientContext();
      return Arrays.asList(c.getInvokedFunctionArn(), c.getFunctionName(), c.getFunctionVersion(), c.getMemoryLimitInMB(),
        c.getLogGroupName(), c.getLogStreamName(), c.getIdentity(), c.getTenantId(),
        cc == null ? null : Arrays.asList(cc.getClient().getAppTitle(), cc.getCustom(), cc.getEnvironment()),
        c.getRemainingTimeInMillis() > 0 && c.getRemainingTimeInMillis() <= 60000,
        System.getenv("MINE"), System.getenv("_X_AMZN_TRACE_ID"), System.getProperty("com.amazonaws.xray.traceHeader"),
        System.getenv().containsKey("JDK_JAVA_OPTIONS"));
    }
  }
}`;

describeJava('handlers', source, ({ call, classes, start }) => {
  it.each([
    ['Echo', { a: [1, 2.5, null, 'é'] }, '{"a":[1,2.5,null,"é"]}'],
    ['Length', ['x', 'y'], '"x2"'],
    ['Upper', 'abc', '"ABC"'],
    ['Methods::add', 41, '42'],
    ['Methods::greet', 'you', `"hello you ${invokeHeader.requestId}"`],
    ['Methods::nothing', 'x', 'null'],
    ['Methods::over', 'x', '"long"'],
    ['Methods::none', {}, '"no event"'],
    ['Methods::copy', { raw: 1 }, '{"raw":1}'],
    ['Raw', { a: 1 }, null],
  ])('Functions$%s answers %j with %s', async (handler, event, result) => {
    const answer = await call(`Functions$${handler}`, event);
    if (result === null) {
      expect(answer.json).toEqual({
        errorMessage: 'Class Functions$Raw does not implement RequestHandler with concrete type parameters',
      });
    } else expect(answer).toMatchObject({ type: frameType.response, body: result });
  });

  it.each([
    ['', "Invalid handler: `'", undefined],
    ['Functions$Echo::', "Invalid handler: `Functions$Echo::'", undefined],
    ['gone.Class', 'Class not found: gone.Class', 'java.lang.ClassNotFoundException'],
    [
      'Functions$Plain',
      'Class does not implement an appropriate handler interface: Functions$Plain',
      undefined,
    ],
    [
      'Functions$Methods::hidden',
      'No public method named hidden with appropriate method signature found on class Functions$Methods',
      undefined,
    ],
    [
      'Functions$Methods::three',
      'No public method named three with appropriate method signature found on class Functions$Methods',
      undefined,
    ],
  ])('the handler «%s» is an error of every invocation: %s', async (handler, errorMessage, errorType) => {
    const { runtime, init } = await start(handler);
    await using _ = runtime;
    expect(init.type).toBe(frameType.ready);
    for (let i = 0; i < 2; i++) {
      const answer = await runtime.invoke({});
      expect(answer.type).toBe(frameType.error);
      expect(answer.json).toEqual({ errorMessage, ...(errorType && { errorType }) });
      expect(logText(answer)).toMatch(errorMessage.slice(0, 12));
    }
  });

  it.each([
    [
      'NoConstructor',
      'Class Functions$NoConstructor has no public zero-argument constructor',
      'java.lang.NoSuchMethodException',
    ],
    ['BadConstructor', 'broken', 'java.lang.IllegalStateException'],
    [
      'BadStatic',
      expect.stringMatching(/^Error loading class Functions\$BadStatic/),
      'java.lang.ExceptionInInitializerError',
    ],
  ])('what %s throws while it is loaded is an init error', async (name, errorMessage, errorType) => {
    const { runtime, init } = await start(`Functions$${name}`);
    await using _ = runtime;
    expect(init).toMatchObject({ type: frameType.initError, header: { errorType } });
    expect(init.json).toEqual({ errorMessage, errorType });
    expect(logText(init)).toContain(`: ${errorType}\n${errorType}`);
    expect(logText(init)).not.toContain('hearth.');
    expect(await runtime.exited).toBe(1);
  });

  it('classes may come from a jar in the folder lib', async () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'hearth-jar-'));
    for (const [name, content] of Object.entries(classes()))
      writeFileSync(path.join(directory, name), content);
    execFileSync('jar', ['--create', '--file', 'a.jar', ...Object.keys(classes())], { cwd: directory });
    const files = { 'lib/a.jar': readFileSync(path.join(directory, 'a.jar')) };
    rmSync(directory, { recursive: true });
    expect((await call('Functions$Echo', { a: 1 }, { files })).body).toBe('{"a":1}');
  });

  it('an exit while a class is loaded is no init error', async () => {
    const { runtime, init } = await start('Functions$Exits::x');
    await using _ = runtime;
    expect(init.type).toBe(0);
    expect(await runtime.exited).toBe(7);
  });

  it('context, environment and trace id are the function’s', async () => {
    const { runtime } = await start('Functions$About::tell', {
      environment: {
        AWS_LAMBDA_FUNCTION_NAME: 'f',
        AWS_LAMBDA_FUNCTION_VERSION: '7',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
        AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/f',
        AWS_LAMBDA_LOG_STREAM_NAME: 's',
        MINE: 'ä',
      },
      startEnvironment: { LC_CTYPE: 'C.UTF-8', JDK_JAVA_OPTIONS: '-Xmx100m' },
    });
    await using _ = runtime;
    const clientContext = JSON.stringify({ client: { app_title: 't' }, custom: { a: 1 }, env: { b: '2' } });
    const { invokedFunctionArn, traceId } = invokeHeader;
    const fixed = [invokedFunctionArn, 'f', '7', 128, '/aws/lambda/f', 's', null, null];
    expect(
      (await runtime.invoke({}, { clientContext, deadlineMilliseconds: Date.now() + 60_000 })).json,
    ).toEqual([...fixed, ...[['t', { a: '1' }, { b: '2' }], true, 'ä', traceId, traceId, false]]);
    expect((await runtime.invoke({}, { deadlineMilliseconds: 1, traceId: 'Root=2' })).json).toEqual([
      ...fixed,
      ...[null, false, 'ä', 'Root=2', 'Root=2', false],
    ]);
  });

  it('java25 has the trace id as a property only', async () => {
    const environment = {
      AWS_EXECUTION_ENV: 'AWS_Lambda_java25',
      MINE: 'ä',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1',
    };
    const told = await call('Functions$About::tell', {}, { environment });
    expect((told.json as unknown[]).slice(11, 13)).toEqual([null, invokeHeader.traceId]);
  });
});
