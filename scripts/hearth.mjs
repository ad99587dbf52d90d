// The one file that the machine's own Node.js (20 or newer) runs: brings the dependencies, Node.js 24 among
// them, and hands over to scripts/<command>.ts. No imports but Node.js's own, since nothing is installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command, ...commandArguments] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Hearth needs Node.js 20 or newer to start; this is ${process.version}.`);
  process.exit(1);
}

installDependencies();
const child = spawn(findNode24(), [join(root, 'scripts', `${command}.ts`), ...commandArguments], {
  stdio: 'inherit',
});
// A terminal's Ctrl-C reaches the child by itself; a signal sent to this process alone must be passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));

/**
 * Installs what package-lock.json names when node_modules does not come from it. Not by `npm ci`, which refuses
 * a lockfile without the packages of other platforms, as it is where a registry carries only some of them.
 */
function installDependencies() {
  const stamp = join(root, 'node_modules', '.hearth-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const started = performance.now();
  console.log('Hearth: installing dependencies (the first time takes a few minutes) …');
  rmSync(stamp, { force: true });
  const install = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_ENV: '' },
  });
  if (install.error || install.status !== 0) {
    console.error(
      `npm install failed${install.error ? `: ${install.error.message}` : ''}. Hearth cannot start.`,
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
  console.log(`  ✓ ${'Dependencies'.padEnd(22)}${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** The interpreter that Hearth itself runs on: the packaged one, or this one when it is new enough. */
function findNode24() {
  const packaged = join(root, 'node_modules', `node24-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(packaged)) return packaged;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  console.error(
    `No packaged Node.js 24 for ${process.platform}-${process.arch}: install Node.js 24 or newer.`,
  );
  return process.exit(1);
}
