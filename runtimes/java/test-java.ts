import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

const opened = ['java.lang', 'java.util', 'java.io'];
const oldestMajor = 17;
const isMissing = !hasCompiler();

/** Holds what the tests of one file compile. */
let scratch = '';
beforeAll(() => {
  if (isMissing) return;
  scratch = mkdtempSync(path.join(os.tmpdir(), 'hearth-java-'));
  compile('runtime', filesBelow(path.join(import.meta.dirname, 'src')));
}, 60_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Declares tests that need a JDK. `source` is one Java file; its classes are the package of every function. */
export function describeJava(subject: string, source: string, declare: (java: Java) => void): void {
  describe.skipIf(isMissing)(`${subject} (java)`, () => {
    let files: Record<string, Buffer> = {};
    beforeAll(() => {
      const file = path.join(scratch, 'Functions.java');
      writeFileSync(file, source);
      const classes = compile(subject, [file]);
      files = Object.fromEntries(
        filesBelow(classes).map((found) => [path.relative(classes, found), readFileSync(found)]),
      );
    }, 60_000);

    const start: Java['start'] = (handler, more) =>
      TestRuntime.start({
        command: [
          'java',
          ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-XX:-UsePerfData'],
          ...opened.flatMap((name) => ['--add-opens', `java.base/${name}=ALL-UNNAMED`]),
          ...['-cp', path.join(scratch, 'runtime'), 'hearth.Index'],
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

/** @returns the directory of the classes. */
function compile(name: string, sources: readonly string[]): string {
  const target = path.join(scratch, name);
  const options = ['--release', String(oldestMajor), '-cp', path.join(scratch, 'runtime'), '-d', target];
  execFileSync('javac', [...options, ...sources]);
  return target;
}

function filesBelow(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

function hasCompiler(): boolean {
  const { stdout } = spawnSync('javac', ['-version'], { encoding: 'utf8' });
  return Number(/^javac (\d+)/.exec(stdout ?? '')?.[1] ?? 0) >= oldestMajor;
}
