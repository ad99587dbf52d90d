import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { type Answer, frameType, type RuntimeSetUp, TestRuntime } from '../test-runtime.ts';

/** Starts functions whose classes come from the sources of a test file. */
export interface Java {
  /** The compiled classes, by file name. */
  classes(): Readonly<Record<string, Buffer>>;
  /** @param handler such as `Echo` or `Methods::add`. */
  start(handler: string, more?: Partial<RuntimeSetUp>): ReturnType<typeof TestRuntime.start>;
  /** Starts it, sends one event, ends it. */
  call(handler: string, event?: unknown, more?: Partial<RuntimeSetUp>): Promise<Answer>;
}

const sourceDirectory = path.join(import.meta.dirname, 'src');
const opened = ['java.lang', 'java.util', 'java.io'];
const oldestMajor = 17;

/** Declares tests that need a JDK. `source` is one Java file; its classes are the package of every function. */
export function describeJava(subject: string, source: string, declare: (java: Java) => void): void {
  describe.skipIf(!hasCompiler())(`${subject} (java)`, () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'hearth-java-'));
    const runtime = path.join(directory, 'runtime');
    let files: Record<string, Buffer> = {};
    beforeAll(() => {
      compile(runtime, sourcesBelow(sourceDirectory), '');
      const file = path.join(directory, 'Functions.java');
      writeFileSync(file, source);
      const classes = path.join(directory, 'classes');
      compile(classes, [file], runtime);
      files = Object.fromEntries(
        readdirSync(classes).map((name) => [name, readFileSync(path.join(classes, name))]),
      );
    }, 60_000);
    afterAll(() => rmSync(directory, { recursive: true, force: true }));

    const start: Java['start'] = (handler, more) =>
      TestRuntime.start({
        command: [
          'java',
          ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-XX:-UsePerfData'],
          ...opened.flatMap((name) => ['--add-opens', `java.base/${name}=ALL-UNNAMED`]),
          ...['-cp', runtime, 'hearth.Index'],
        ],
        files,
        handler,
        startEnvironment: { LC_CTYPE: 'C.UTF-8' },
        ...more,
      });
    declare({
      classes: () => files,
      start,
      call: async (handler, event = {}, more) => {
        const started = await start(handler, more);
        await using run = started.runtime;
        return started.init.type === frameType.ready ? await run.invoke(event) : started.init;
      },
    });
  });
}

function compile(target: string, sources: readonly string[], classPath: string): void {
  mkdirSync(target);
  execFileSync('javac', ['--release', String(oldestMajor), '-cp', classPath, '-d', target, ...sources]);
}

function sourcesBelow(directory: string): string[] {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.java')).map((name) => path.join(directory, name));
}

function hasCompiler(): boolean {
  const { stdout } = spawnSync('javac', ['-version'], { encoding: 'utf8' });
  return Number(/^javac (\d+)/.exec(stdout ?? '')?.[1] ?? 0) >= oldestMajor;
}
