// npm run check: every static check, side by side; prints the output of those that fail.
import { run } from './set-up/run.ts';
import { setUp } from './set-up/set-up.ts';

const checks: Record<string, readonly string[]> = {
  'lint and format': ['node_modules/@biomejs/biome/bin/biome', 'check', '.'],
  types: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'],
  'import rules': [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    '--config',
    '.dependency-cruiser.mjs',
    '.',
  ],
  'dead code': ['node_modules/knip/bin/knip.js'],
};

await setUp({ console: false });
const results = await Promise.all(
  Object.entries(checks).map(async ([name, command]) => {
    const started = performance.now();
    const problem = await run([process.execPath, ...command]).then(
      () => undefined,
      (error: Error) => error.message,
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`  ${problem ? '✗' : '✓'} ${name.padEnd(22)}${seconds} s`);
    return problem;
  }),
);
const problems = results.filter((problem) => problem !== undefined);
for (const problem of problems) console.error(`\n${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
