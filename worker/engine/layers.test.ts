import { expect, test } from 'vitest';
import { sandboxProblem, TestEngine } from './test-engine.ts';

const problem = await sandboxProblem();

const layers = {
  'nodejs/node_modules/greeting/index.js': 'module.exports = "from a layer";',
  'nodejs/node24/node_modules/newest/index.js': 'module.exports = "for Node.js 24";',
  'data.txt': 'some data',
};
const files = {
  'index.js': `
    const fs = require('node:fs');
    exports.handler = async () => {
      let write = 'written';
      try { fs.writeFileSync('/opt/data.txt', 'changed'); } catch (error) { write = error.code; }
      return [require('greeting'), require('newest'), fs.readFileSync('/opt/data.txt', 'utf8'), write];
    };`,
};
const seen = ['from a layer', 'for Node.js 24', 'some data', 'EROFS'];

test.skipIf(problem)('a prewarmed environment sees the layers at /opt, read only', async () => {
  await using engine = await TestEngine.start();
  expect((await engine.run({ files, layers })).payload).toEqual(seen);
});

test.skipIf(problem)('so does an environment that was started for its function', async () => {
  await using engine = await TestEngine.start({ prewarmedEnvironments: 0 });
  const environmentVariables = { NODE_OPTIONS: '--no-warnings' };
  expect((await engine.run({ files, layers, environmentVariables })).payload).toEqual(seen);
});

test.skipIf(problem)('layers of many files are there as well', async () => {
  await using engine = await TestEngine.start();
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`many/${i}.txt`, String(i)]));
  expect((await engine.run({ files, layers: { ...layers, ...many } })).payload).toEqual(seen);
});

test.skipIf(problem)('without layers /opt is empty', async () => {
  await using engine = await TestEngine.start();
  const listing = "import fs from 'node:fs'; export const handler = async () => fs.readdirSync('/opt');";
  expect((await engine.run(listing)).payload).toEqual([]);
});
