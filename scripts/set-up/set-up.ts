import { alone } from './alone.ts';
import { buildJavaRuntime } from './java.ts';
import { installPackages, networkPackages, sandboxPackages } from './packages.ts';
import { compilePythonRuntime } from './python.ts';
import { run } from './run.ts';
import { onceFor, step } from './steps.ts';

const consoleSources = [
  'app',
  'components',
  'console',
  'core/limits.ts',
  'next.config.ts',
  'package-lock.json',
  'postcss.config.mjs',
  'proxy.ts',
  'public',
  'tsconfig.json',
];

/** Brings this checkout into a state in which Hearth runs; quick when it already is. */
export function setUp(options: { console: boolean }): Promise<void> {
  return alone(() => runSteps(options));
}

async function runSteps(options: { console: boolean }): Promise<void> {
  await step('Sandbox', () =>
    installPackages(
      sandboxPackages,
      'Until then functions are not isolated and run only where you allow it.',
    ),
  );
  if (process.getuid?.() === 0) {
    await step('Network of functions', () =>
      installPackages(networkPackages, 'Until then functions reach nothing but themselves.'),
    );
  }
  await step('Registry client', () =>
    onceFor('prisma/generated/.stamp', ['prisma/schema.prisma', 'package-lock.json'], () =>
      run([process.execPath, 'node_modules/prisma/build/index.js', 'generate'], {
        // `generate` needs no engine, but looks for one before it begins.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      }),
    ),
  );
  await step('Python runtime', compilePythonRuntime);
  await step('Java runtime', buildJavaRuntime);
  if (!options.console) return;
  await step('Console', () =>
    onceFor('.next/hearth-stamp', consoleSources, () =>
      run([process.execPath, 'node_modules/next/dist/bin/next', 'build'], {
        NEXT_TELEMETRY_DISABLED: '1',
        NODE_ENV: 'production',
      }),
    ),
  );
}
