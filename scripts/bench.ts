// npm run bench: brings what the measurements need (and Hearth does not), then runs them.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installPackages } from './set-up/packages.ts';
import { run } from './set-up/run.ts';
import { setUp } from './set-up/set-up.ts';
import { onceFor, root, step } from './set-up/steps.ts';

await setUp({ console: false });
await step('Load generator', () =>
  installPackages([{ name: 'wrk', program: 'wrk' }], 'Nothing can be measured.'),
);
await step('Peers', () =>
  onceFor('bench/node_modules/.hearth-stamp', ['bench/package.json'], () =>
    run([
      'npm',
      'install',
      '--prefix',
      'bench',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ]),
  ),
);
const { status } = spawnSync(process.execPath, [path.join(root, 'bench/run.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
