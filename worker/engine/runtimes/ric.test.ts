import { chmodSync, cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { sandboxProblem, TestEngine } from '../test-engine.ts';

/**
 * Directory whose node_modules hold `aws-lambda-ric`, AWS's own client for Node.js, with its addon. Compiling that takes
 * cmake, a compiler and two minutes, so it is done by hand: in a directory of its own `npm install aws-lambda-ric`, then
 * the package's own `scripts/preinstall.sh` and `scripts/postinstall.sh` where npm does not run them.
 */
const installed = process.env.HEARTH_TEST_RIC ?? '';
const addon = path.join(installed, 'node_modules/aws-lambda-ric/rapid-client.node');
const problem = existsSync(addon) ? await sandboxProblem() : 'HEARTH_TEST_RIC names no directory with it';

test.skipIf(problem)(`the published aws-lambda-ric runs (${problem ?? 'compiled'})`, async () => {
  await using host = await TestEngine.start();
  const executable = host.deploy({
    runtime: 'provided.al2023',
    handler: 'app.handler',
    files: {
      bootstrap: '#!/bin/sh\nexec /var/lang/bin/node node_modules/aws-lambda-ric/index.mjs "$_HANDLER"\n',
      'app.mjs': `let calls = 0;
        export async function handler(event, context) {
          console.log('logged');
          if (event.fail) throw new TypeError('bad');
          return { event, calls: ++calls, id: context.awsRequestId, left: context.getRemainingTimeInMillis() > 0 };
        }
        export const streamed = awslambda.streamifyResponse(async (event, stream) => {
          stream.write('"first');
          stream.write(' second"');
          stream.end();
        });`,
    },
  });
  chmodSync(path.join(executable.codeDirectory, 'bootstrap'), 0o755);
  for (const name of ['aws-lambda-ric', '@aws/lambda-invoke-store']) {
    const target = path.join(executable.codeDirectory, 'node_modules', name);
    cpSync(path.join(installed, 'node_modules', name), target, { recursive: true });
  }
  const requestId = '6d68ca91-49c9-448d-89b8-7ca3e6dc66aa';
  const first = await host.invoke(executable, { a: 1 }, { requestId });
  expect(first.payload).toEqual({ event: { a: 1 }, calls: 1, id: requestId, left: true });
  expect(first.log).toContain(`\t${requestId}\tINFO\tlogged\n`);
  expect(await host.invoke(executable, { fail: true })).toMatchObject({
    functionError: 'Unhandled',
    payload: { errorType: 'TypeError', errorMessage: 'bad' },
  });
  expect((await host.invoke(executable)).payload).toMatchObject({ calls: 2 });
  const streamed = { ...executable, handler: 'app.streamed', revisionId: 'another' };
  expect((await host.invoke(streamed)).payload).toBe('first second');
  const missing = { ...executable, handler: 'app.missing', revisionId: 'third' };
  expect((await host.invoke(missing)).payload).toMatchObject({ errorType: 'Runtime.HandlerNotFound' });
});
