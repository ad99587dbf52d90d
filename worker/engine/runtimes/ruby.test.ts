import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxProblem, TestEngine } from '../test-engine.ts';
import { describeRuby } from './find-ruby.ts';
import { ask, findPrograms } from './interpreter.ts';

const [program] = findPrograms('ruby');
const problem = program ? await sandboxProblem() : 'no ruby found';
const runtime = 'ruby3.4';

/** Whatever version this machine has stands in for the one that functions would ask for. */
function anyRuby() {
  const full = ask(program ?? '', ['--disable=gems', '-e', 'puts RUBY_VERSION']) ?? '';
  const prefix =
    ask(program ?? '', ['--disable=gems', '-rrbconfig', '-e', 'puts RbConfig::CONFIG["prefix"]']) ?? '';
  return describeRuby(runtime, { program: program ?? '', full, prefix });
}

describe.skipIf(problem)(`Ruby in a sandbox (${problem ?? program})`, () => {
  let host: TestEngine;
  beforeAll(async () => {
    host = await TestEngine.start({}, new Map([[runtime, anyRuby()]]));
  });
  afterAll(() => host[Symbol.asyncDispose]());
  const deploy = (source: string, more = {}) =>
    host.deploy({ runtime, files: { 'app.rb': source }, handler: 'app.handler', ...more });

  test('a function answers, logs and is reused', async () => {
    const executable = deploy(
      [
        'require "logger"',
        'require "openssl"',
        '$calls = 0',
        'def handler(event:, context:)',
        '  Logger.new($stdout).info("logged")',
        '  $stdout.puts "printed é"',
        '  { event: event, calls: $calls += 1, file: __FILE__, region: ENV["AWS_REGION"], mine: ENV["MINE"] + "ö",',
        '    arguments: ARGV }',
        'end',
      ].join('\n'),
      { environmentVariables: { MINE: 'ä' } },
    );
    const first = await host.invoke(executable, { a: 1 });
    expect(first.payload).toEqual({
      ...{ event: { a: 1 }, calls: 1, file: '/var/task/app.rb' },
      ...{ region: 'us-east-1', mine: 'äö', arguments: [] },
    });
    expect(first.log).toMatch(/^START [\s\S]*I, \[.*\] {2}INFO .* -- : logged\n[\s\S]*END [\s\S]*REPORT /);
    expect(first.log).toContain('printed é\n');
    expect((await host.invoke(executable)).payload).toMatchObject({ calls: 2 });
  });

  test('libraries of layers are found', async () => {
    const executable = deploy('require "layered"\ndef handler(event:, context:) = LAYERED', {
      layers: { 'ruby/lib/layered.rb': 'LAYERED = 7' },
    });
    expect((await host.invoke(executable)).payload).toBe(7);
  });

  test('errors and init errors are what they are on Lambda', async () => {
    expect(await host.invoke(deploy('def handler(event:, context:) = raise("bad")'))).toMatchObject({
      functionError: 'Unhandled',
      payload: {
        errorMessage: 'bad',
        errorType: 'Function<RuntimeError>',
        stackTrace: [expect.stringMatching(/^\/var\/task\/app\.rb:1:in /)],
      },
    });
    expect((await host.invoke(deploy('require "missing"'))).payload).toMatchObject({
      errorMessage: 'cannot load such file -- missing',
      errorType: 'Init<LoadError>',
    });
  });
});
