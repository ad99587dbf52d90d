import { expect, it } from 'vitest';
import { frameType, logText } from '../test-runtime.ts';
import { call, describeRuby, directory, start } from './test-ruby.ts';

describeRuby('handlers (ruby)', () => {
  const body = '(event:, context:) = event["n"] + 1';
  it.each([
    ['app.handler', 'app.rb', `def handler${body}`],
    ['dir/app.handler', 'dir/app.rb', `def handler${body}`],
    [
      'app.Shop::Orders.process',
      'app.rb',
      `module Shop\n class Orders\n  def self.process${body}\n end\nend`,
    ],
    ['errors.run', 'errors.rb', `def run${body}`],
  ])('%s is found in %s', async (handler, file, source) => {
    expect((await call('', { n: 1 }, { handler, files: { [file]: source } })).body).toBe('2');
  });

  it.each([
    [
      'app',
      '',
      'Init<ArgumentError>',
      /^Invalid handler app, must be of form FILENAME\.METHOD or FILENAME\.CLASS/,
    ],
    ['a.b.c.d', '', 'Init<ArgumentError>', /^Invalid handler a\.b\.c\.d, /],
    ['gone.handler', '', 'Init<LoadError>', /^cannot load such file -- gone$/],
    ['app.handler', 'require "missing"', 'Init<LoadError>', /^cannot load such file -- missing$/],
    ['app.handler', 'def handler(', 'Init<SyntaxError>', /app\.rb:1: /],
    ['app.handler', 'raise KeyError, "x"', 'Init<KeyError>', /^x$/],
    ['app.handler', 'exit 3', 'Init<SystemExit>', /^exit$/],
  ])('%s of «%s» is refused: %s', async (handler, source, errorType, message) => {
    const { runtime, init } = await start(source, { handler });
    await using _ = runtime;
    expect(init).toMatchObject({ type: frameType.initError, header: { errorType } });
    expect(init.json).toEqual({
      errorType,
      errorMessage: expect.stringMatching(message),
      stackTrace: expect.any(Array),
    });
    expect(init.body).not.toContain(directory);
    expect(logText(init)).toMatch(
      new RegExp(`^Init error when loading handler ${handler}\n{\n  "errorMessage": "`),
    );
    expect(await runtime.exited).toBe(252);
  });

  it('libraries and gems are looked for in the package, then in layers', async () => {
    const { runtime } = await start(
      'def handler(event:, context:) = [$LOAD_PATH.first(2), Gem.path.first(2)]',
    );
    await using _ = runtime;
    const found = (await runtime.invoke({})).json as [string[], string[]];
    expect(found[0]).toEqual([runtime.taskRoot, '/opt/ruby/lib']);
    expect(found[1][0]).toMatch(/\/vendor\/bundle\/ruby\/\d+\.\d+\.0$/);
    expect(found[1][1]).toMatch(/^\/opt\/ruby\/gems\/\d+\.\d+\.0$/);
  });

  it('a gem of the package can be required', async () => {
    const specification =
      'Gem::Specification.new { |s| s.name = "mine"; s.version = "1"; s.summary = "x"; s.authors = ["x"]; s.require_paths = ["lib"] }';
    const abi = (await call('def handler(event:, context:) = RbConfig::CONFIG["ruby_version"]'))
      .json as string;
    const gems = `vendor/bundle/ruby/${abi}`;
    const answer = await call(
      '',
      {},
      {
        files: {
          'app.rb': 'require "mine"\ndef handler(event:, context:) = Mine',
          [`${gems}/specifications/mine-1.gemspec`]: specification,
          [`${gems}/gems/mine-1/lib/mine.rb`]: 'Mine = 7',
        },
      },
    );
    expect(answer.body).toBe('7');
  });
});
