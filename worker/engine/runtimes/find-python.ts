import { existsSync } from 'node:fs';
import path from 'node:path';
import type { AvailableRuntime, UnavailableRuntime } from '../runtimes.ts';
import { ask, findPrograms, runtimesDirectory, versionId } from './interpreter.ts';

const question = 'import sys, sysconfig; print(sys.version_info[2], sysconfig.get_config_var("prefix"))';

/** @param minor of Python 3: 13 for `python3.13`. */
export function findPython(minor: number): AvailableRuntime | UnavailableRuntime {
  const name = `python3.${minor}`;
  for (const program of findPrograms(name)) {
    const [patch, prefix] = ask(program, ['-I', '-S', '-c', question])?.split(' ') ?? [];
    if (patch === undefined || prefix === undefined) continue;
    const library = path.join(prefix, 'lib');
    return {
      name,
      directory: path.join(runtimesDirectory, 'python'),
      interpreterDirectory: path.dirname(program),
      // What the distribution keeps below /usr is seen anyway.
      directories: prefix !== '/usr' && existsSync(library) ? { '/var/lang/lib': library } : {},
      command: [path.basename(program), '-S', '-u', '-X', 'utf8'],
      entry: 'index.py',
      version: `python:3.${minor}.v${patch}`,
      versionId: versionId(`${name}.${patch}`),
      variables: { AWS_EXECUTION_ENV: `AWS_Lambda_${name}`, LC_CTYPE: 'C.UTF-8', PYTHONPATH: '/var/runtime' },
      startVariables: /^(PYTHON(?!PATH$)|LD_|MALLOC_|GLIBC_)/,
    };
  }
  return {
    name,
    remedy: `Install Python 3.${minor} so that ${name} is found on PATH, and start Hearth again.`,
  };
}
