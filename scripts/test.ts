// npm test: set-up, then the unit tests, the API tests with real clients and the console tests in a browser.
// Ends with one line: N passed, N failed, N skipped.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { browserPackages, findProgram, installPackages } from './set-up/packages.ts';
import { setUp } from './set-up/set-up.ts';
import { root, step } from './set-up/steps.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const results = path.join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
await setUp({ console: true });
await step('Browser', () => installPackages(browserPackages, 'Until then the console tests fail.'));

// Settings of the person who runs the tests must not leak into them.
const environment: NodeJS.Dict<string> = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(HEARTH|AWS)_/.test(name)),
);
environment.CHROMIUM_PATH =
  process.env.CHROMIUM_PATH ?? findProgram('chromium') ?? findProgram('google-chrome');

const totals: Counts = { passed: 0, failed: 0, skipped: 0 };
add(runVitest('unit'));
add(runVitest('api'));
add(runPlaywright());
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
console.log(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`);
process.exitCode = totals.failed > 0 ? 1 : 0;

function runVitest(project: string): Counts {
  const report = path.join(results, `${project}.json`);
  const status = runNode([
    'node_modules/vitest/vitest.mjs',
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const counts = readReport(report, (json) => ({
    passed: json.numPassedTests ?? 0,
    failed: (json.numFailedTests ?? 0) + failedSuites(json),
    skipped: (json.numPendingTests ?? 0) + (json.numTodoTests ?? 0),
  }));
  return atLeastOneFailure(counts, status);
}

/** Files that failed before any of their tests ran. */
function failedSuites(json: Record<string, unknown>): number {
  const files = (json.testResults ?? []) as { status: string; assertionResults: { status: string }[] }[];
  return files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
}

function runPlaywright(): Counts {
  const status = runNode(['node_modules/@playwright/test/cli.js', 'test']);
  const counts = readReport(path.join(results, 'console.json'), ({ stats }) => {
    const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = (stats ?? {}) as Record<string, number>;
    return { passed: expected, failed: unexpected + flaky, skipped };
  });
  return atLeastOneFailure(counts, status);
}

function runNode(nodeArguments: string[]): number {
  const { status } = spawnSync(process.execPath, nodeArguments, {
    cwd: root,
    env: { ...environment, NODE_ENV: 'test' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return status ?? 1;
}

// biome-ignore lint/suspicious/noExplicitAny: two foreign report formats, read in one place each.
function readReport(file: string, count: (json: any) => Counts): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  return count(JSON.parse(readFileSync(file, 'utf8')));
}

/** A runner that failed as a whole counts as a failure even when each test passed. */
function atLeastOneFailure(counts: Counts, status: number): Counts {
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function add(counts: Counts): void {
  totals.passed += counts.passed;
  totals.failed += counts.failed;
  totals.skipped += counts.skipped;
}
