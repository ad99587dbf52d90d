import path from 'node:path';
import { expect, test } from 'vitest';
import { type ModuleFormat, readBlueprints } from './read-blueprints.ts';

const context = {
  functionName: 'blueprint',
  memoryLimitInMB: '128',
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  getRemainingTimeInMillis: () => 3000,
};

/** What each blueprint answers to its own event. */
const answers: Record<string, unknown> = {
  blank: {},
  'hello-world': { greeting: 'Hello, Ada!', function: 'blueprint', memory: '128 MB', timeLeft: '3000 ms' },
  'http-api': {
    statusCode: 201,
    headers: { 'content-type': 'application/json' },
    body: '{"id":"2","text":"Buy firewood"}',
  },
  'webhook-verifier': { statusCode: 204 },
  'scheduled-job': { scheduledFor: '2026-01-31T03:00:00Z', done: 100, left: 0 },
  'json-transform': {
    customers: [
      { customer: 'ada', items: 4, total: 27.3 },
      { customer: 'grace', items: 12, total: 18 },
    ],
    total: 45.3,
  },
};

const blueprints = await readBlueprints();

async function run(id: string, format: ModuleFormat, event: unknown): Promise<unknown> {
  const file = path.join(
    import.meta.dirname,
    'blueprints',
    id,
    format,
    format === 'esm' ? 'index.mjs' : 'index.js',
  );
  const source = await import('node:fs/promises').then((fs) => fs.readFile(file, 'utf8'));
  if (format === 'esm') {
    const module = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`);
    return module.handler(event, context);
  }
  // As in a package without package.json: CommonJS, whatever the checkout around it says.
  const { createRequire } = await import('node:module');
  const exports: { handler?: (event: unknown, context: unknown) => unknown } = {};
  new Function('exports', 'require', source)(exports, createRequire(file));
  return exports.handler?.(event, context);
}

test('the blank one comes first, and every blueprint is tested here', () => {
  expect(blueprints.map(({ id }) => id)).toEqual(Object.keys(answers));
});

test.each(
  blueprints.flatMap(({ id, event }) => [[id, 'esm', event] as const, [id, 'commonjs', event] as const]),
)('%s as %s answers its own test event', async (id, format, event) => {
  expect(await run(id, format, JSON.parse(event))).toEqual(answers[id]);
});

test('the webhook verifier refuses a body that was changed on the way', async () => {
  const event = JSON.parse(blueprints.find(({ id }) => id === 'webhook-verifier')?.event ?? '');
  expect(await run('webhook-verifier', 'esm', { ...event, body: `${event.body} ` })).toMatchObject({
    statusCode: 401,
  });
});
