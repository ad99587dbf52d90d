import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles: ['scripts/fixed-seed.ts'],
          include: ['{app,components,console,core,worker,runtimes,scripts,examples}/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'api',
          include: ['e2e/api/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Each file starts a server of its own; two cores carry no more than two at a time.
          maxWorkers: 2,
        },
      },
    ],
  },
});
