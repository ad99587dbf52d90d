import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findRuntimes } from '../runtimes.ts';
import { sandboxProblem, TestEngine } from '../test-engine.ts';
import { findPrograms, runtimesDirectory } from './interpreter.ts';

const names = [...findRuntimes().values()].flatMap((runtime) =>
  'entry' in runtime && runtime.name.startsWith('java') ? [runtime.name] : [],
);
const [compiler] = findPrograms('javac');
const problem = !compiler || names.length === 0 ? 'no JDK, or not set up' : await sandboxProblem();

const source = `
import com.amazonaws.services.lambda.runtime.*;
import java.util.*;

public class Functions implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  static int calls = 0;
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    context.getLogger().log("logged");
    System.out.println("printed é");
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("event", event);
    answer.put("calls", ++calls);
    answer.put("mine", System.getenv("MINE"));
    answer.put("environment", System.getenv("AWS_EXECUTION_ENV"));
    answer.put("heap", Runtime.getRuntime().maxMemory() >> 20);
    answer.put("options", System.getenv("JDK_JAVA_OPTIONS"));
    answer.put("property", System.getProperty("mine"));
    return answer;
  }
  public String fail(Object event) { throw new IllegalStateException("bad"); }
  public String child(Object event) throws Exception {
    return new String(new ProcessBuilder("sh", "-c", "echo $MINE").start().getInputStream().readAllBytes(), "UTF-8");
  }
  public String secure(Object event) throws Exception {
    return javax.net.ssl.SSLContext.getDefault().getProtocol() + java.security.KeyStore.getDefaultType();
  }
}`;

describe.skipIf(problem)(`Java in a sandbox (${problem ?? names.join(', ')})`, () => {
  const classes = mkdtempSync(path.join(os.tmpdir(), 'hearth-java-'));
  let host: TestEngine;
  beforeAll(async () => {
    const file = path.join(classes, 'Functions.java');
    writeFileSync(file, source);
    const classPath = path.join(runtimesDirectory, 'java/build/hearth.jar');
    execFileSync(compiler ?? '', ['--release', '17', '-cp', classPath, '-d', classes, file]);
    host = await TestEngine.start();
  }, 60_000);
  afterAll(async () => {
    await host[Symbol.asyncDispose]();
    rmSync(classes, { recursive: true });
  });

  describe.each(names)('%s', (runtime) => {
    const deploy = (handler: string, more = {}) => {
      const executable = host.deploy({ runtime, files: {}, handler, ...more });
      cpSync(classes, executable.codeDirectory, { recursive: true });
      return { ...executable, codeFileCount: 2 };
    };

    test('a function answers, logs and is reused', async () => {
      const executable = deploy('Functions', { environmentVariables: { MINE: 'ä' } });
      const first = await host.invoke(executable, { a: 1 });
      expect(first.payload).toEqual({
        ...{ event: { a: 1 }, calls: 1, mine: 'ä', environment: `AWS_Lambda_${runtime}` },
        ...{ heap: expect.any(Number), options: null, property: null },
      });
      expect(first.log).toMatch(/^START .*\n(printed é\n)?logged\n(printed é\n)?END .*\nREPORT /);
      expect(first.log).toContain('printed é\n');
      expect((await host.invoke(executable)).payload).toMatchObject({ calls: 2 });
    });

    test.each([
      [128, 48],
      [1024, 870],
    ])('of %i MB, the heap may have about %i', async (memoryMegabytes, heap) => {
      const { payload } = await host.invoke(deploy('Functions', { memoryMegabytes }));
      const measured = (payload as { heap: number }).heap;
      expect(measured).toBeGreaterThan(heap * 0.9);
      expect(measured).toBeLessThanOrEqual(heap);
    });

    test('configured options of the virtual machine have their effect', async () => {
      const environmentVariables = { JAVA_TOOL_OPTIONS: '-Dmine=x' };
      expect((await host.invoke(deploy('Functions', { environmentVariables }))).payload).toMatchObject({
        property: 'x',
      });
    });

    test('child processes have the configured variables', async () => {
      const executable = deploy('Functions::child', { environmentVariables: { MINE: 'ä' } });
      expect((await host.invoke(executable)).payload).toBe('ä\n');
    });

    test('errors are what they are on Lambda', async () => {
      expect(await host.invoke(deploy('Functions::fail'))).toMatchObject({
        functionError: 'Unhandled',
        payload: {
          errorMessage: 'bad',
          errorType: 'java.lang.IllegalStateException',
          stackTrace: expect.arrayContaining([
            expect.stringMatching(/^Functions\.fail\(Functions\.java:\d+\)$/),
          ]),
        },
      });
      expect((await host.invoke(deploy('gone.Handler'))).payload).toEqual({
        errorMessage: 'Class not found: gone.Handler',
        errorType: 'java.lang.ClassNotFoundException',
      });
    });

    test('what the virtual machine keeps in files of its own is there', async () => {
      expect((await host.invoke(deploy('Functions::secure'))).payload).toBe('Defaultpkcs12');
    });
  });
});
