/** For core.test.ts: `test-writer.ts <data directory> <prefix>` writes functions until it is killed. */
import { randomUUID } from 'node:crypto';
import { zipSync } from 'fflate';
import { systemClock } from './clock.ts';
import { openCore } from './core.ts';
import { createFunction } from './functions/create-function.ts';
import { updateFunctionCode } from './functions/update-function-code.ts';

const [dataDirectory = '', prefix = ''] = process.argv.slice(2);
const accountId = '111122223333';
const region = 'us-east-1';
const caller = {
  accountId,
  region,
  arn: `arn:aws:iam::${accountId}:root`,
  endpoint: 'http://localhost',
  apiOrigin: 'http://localhost',
};
const core = await openCore({
  dataDirectory,
  accountId,
  region,
  rootAccessKey: undefined,
  clock: systemClock,
  uuid: () => randomUUID(),
  random: Math.random,
  reportError: (error) => console.error(error),
});

const zip = (code: string) => Buffer.from(zipSync({ 'index.mjs': Buffer.from(code) })).toString('base64');

for (let i = 0; ; i += 1) {
  const FunctionName = `${prefix}-${i}`;
  await createFunction(core, caller, {
    FunctionName,
    Role: `arn:aws:iam::${accountId}:role/any`,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { ZipFile: zip(FunctionName) },
  });
  process.stdout.write(`${FunctionName} ${FunctionName}\n`);
  await updateFunctionCode(core, caller, { FunctionName, ZipFile: zip(`${FunctionName}+`) });
  process.stdout.write(`${FunctionName} ${FunctionName}+\n`);
}
