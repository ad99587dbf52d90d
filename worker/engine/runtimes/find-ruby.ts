import path from 'node:path';
import type { AvailableRuntime, UnavailableRuntime } from '../runtimes.ts';
import { ask, findPrograms, runtimesDirectory, versionId } from './interpreter.ts';

const question = 'puts [RUBY_VERSION, RbConfig::CONFIG["prefix"]].join(" ")';

/**
 * The interpreter must be of exactly the version that the name says: gems are compiled for one, and a function would
 * notice another.
 * @param version `3.4`, for example.
 */
export function findRuby(version: string): AvailableRuntime | UnavailableRuntime {
  const name = `ruby${version}`;
  const found: string[] = [];
  for (const program of [name, 'ruby'].flatMap(findPrograms)) {
    const [full, prefix] = ask(program, ['--disable=gems', '-rrbconfig', '-e', question])?.split(' ') ?? [];
    if (full === undefined || prefix === undefined) continue;
    if (full.startsWith(`${version}.`)) return describeRuby(name, { program, full, prefix });
    found.push(full);
  }
  const others = found.length > 0 ? ` This machine has Ruby ${[...new Set(found)].join(', ')}.` : '';
  return {
    name,
    remedy: `Install Ruby ${version} so that it is found on PATH, and start Hearth again.${others}`,
  };
}

/** A runtime that runs on the given interpreter. */
export function describeRuby(
  name: string,
  { program, full, prefix }: { program: string; full: string; prefix: string },
): AvailableRuntime {
  const [major, minor, patch] = full.split('.');
  return {
    name,
    directory: path.join(runtimesDirectory, 'ruby'),
    interpreterDirectory: path.dirname(program),
    // What the distribution keeps below /usr is seen anyway.
    directories: prefix === '/usr' ? {} : { '/var/lang/lib': path.join(prefix, 'lib') },
    // Ruby takes the encoding of everything outside from the locale, once.
    processVariables: { LC_CTYPE: 'C.UTF-8' },
    command: [path.basename(program)],
    entry: 'index.rb',
    version: `ruby:${major}.${minor}.v${patch}`,
    versionId: versionId(`${name}.${patch}`),
    variables: {
      AWS_EXECUTION_ENV: `AWS_Lambda_${name}`,
      RUBYLIB: '/var/task:/var/runtime/lib:/opt/ruby/lib',
    },
    startVariables: /^(RUBY(?!LIB$)|LD_|LC_|MALLOC_|GLIBC_)/,
  };
}
