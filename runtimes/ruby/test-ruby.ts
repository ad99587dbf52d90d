import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe } from 'vitest';
import { type Answer, frameType, type RuntimeSetUp, TestRuntime } from '../test-runtime.ts';

/** Folder of the runtime's own files. */
export const directory = import.meta.dirname;

/** Declares tests that need Ruby, whatever its version. */
export const describeRuby = describe.skipIf(spawnSync('ruby', ['-e', '0']).status !== 0);

/** Starts a function whose file `app.rb` has the given source; its handler is `app.handler`. */
export function start(source: string, more?: Partial<RuntimeSetUp>): ReturnType<typeof TestRuntime.start> {
  return TestRuntime.start({
    command: ['ruby', path.join(directory, 'index.rb')],
    files: { 'app.rb': source },
    handler: 'app.handler',
    startEnvironment: { LC_CTYPE: 'C.UTF-8' },
    ...more,
  });
}

/** Starts a function, sends one event, ends it. */
export async function call(
  source: string,
  event: unknown = {},
  more?: Partial<RuntimeSetUp>,
): Promise<Answer> {
  const { runtime, init } = await start(source, more);
  await using _ = runtime;
  return init.type === frameType.ready ? await runtime.invoke(event) : init;
}
