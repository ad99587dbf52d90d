import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from './packages.ts';
import { run } from './run.ts';
import { type Outcome, onceFor, root } from './steps.ts';

const source = 'runtimes/java/src';
const target = 'runtimes/java/build';
/** The oldest that any runtime of Lambda's needs; newer ones run its classes too. */
const release = '17';
/** `Add-Opens`: for the link's file descriptor and for environment variables that come when Java already runs. */
const manifest = `Main-Class: hearth.Index
Add-Opens: java.base/java.io java.base/java.lang java.base/java.util
`;

/** Compiles the runtime of Java functions where a Java compiler is installed; elsewhere there is none. */
export async function buildJavaRuntime(): Promise<Outcome> {
  const compiler = findProgram('javac');
  if (!compiler) return 'ready';
  return onceFor(`${target}/.stamp`, [source, 'scripts/set-up/java.ts'], async () => {
    const classes = path.join(root, target, 'classes');
    const jar = path.join(root, target, 'hearth.jar');
    rmSync(path.join(root, target), { recursive: true, force: true });
    await run([compiler, '--release', release, '-d', classes, ...sources()]);
    const manifestFile = path.join(root, target, 'manifest');
    writeFileSync(manifestFile, manifest);
    const archiver = path.join(path.dirname(compiler), 'jar');
    if (!existsSync(archiver)) throw new Error(`${archiver} is missing beside ${compiler}.`);
    await run([archiver, '--create', '--file', jar, '--manifest', manifestFile, '-C', classes, '.']);
    rmSync(classes, { recursive: true });
  });
}

function sources(): string[] {
  const names = readdirSync(path.join(root, source), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.java')).map((name) => path.join(root, source, name));
}
