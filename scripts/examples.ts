// npm run examples [name …]: packs the functions of examples/, deploys them to a running Hearth, invokes each
// with its test event and prints what came back.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { InvokeCommand, type InvokeCommandOutput, LambdaClient } from '@aws-sdk/client-lambda';
import { readConfig } from '../worker/env.ts';
import { deployExample } from './examples/deploy.ts';
import { exampleNames, packExample } from './examples/pack.ts';

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !exampleNames.includes(name));
if (unknown.length > 0) {
  console.error(`There is no example ${unknown.join(', ')}. There are: ${exampleNames.join(', ')}.`);
  process.exit(1);
}

// The endpoint, the region and the keys come from the AWS_* variables, as for any AWS client; without an endpoint
// from what the worker keeps in its data directory, and never from AWS.
if (!process.env.AWS_ENDPOINT_URL) Object.assign(process.env, readCredentialsFile());
const client = new LambdaClient({});
const rows: Record<string, string>[] = [];
for (const name of chosen.length > 0 ? chosen : exampleNames) {
  process.stderr.write(`${name} …\n`);
  rows.push(await runExample(name));
}
printTable(rows);

function readCredentialsFile(): NodeJS.Dict<string> {
  const file = path.join(readConfig(process.env).dataDirectory, 'aws.env');
  if (existsSync(file)) return parseEnv(readFileSync(file, 'utf8'));
  console.error(`There is no ${file}: start Hearth first (npm start), or set AWS_ENDPOINT_URL and the keys.`);
  process.exit(1);
}

async function runExample(name: string): Promise<Record<string, string>> {
  const example = await packExample(name);
  const started = performance.now();
  await deployExample(client, example);
  const deployed = performance.now();
  const output = await client.send(
    new InvokeCommand({
      FunctionName: example.definition.FunctionName,
      Payload: Buffer.from(example.event),
      LogType: 'Tail',
    }),
  );
  if (output.FunctionError) process.exitCode = 1;
  return {
    function: name,
    runtime: example.definition.Runtime ?? '',
    package: `${(example.zip.length / 1024).toFixed(1)} KB`,
    deployed: `${Math.round(deployed - started)} ms`,
    ...report(output),
    answer: summary(output),
  };
}

/** What the REPORT line of the log tail says. */
function report(output: InvokeCommandOutput): Record<string, string> {
  const line = /^REPORT .*$/m.exec(Buffer.from(output.LogResult ?? '', 'base64').toString())?.[0] ?? '';
  const field = (label: string) => new RegExp(`\\t${label}: ([^\\t]+)`).exec(line)?.[1] ?? '';
  return { init: field('Init Duration'), duration: field('Duration'), memory: field('Max Memory Used') };
}

function summary(output: InvokeCommandOutput): string {
  const text = Buffer.from(output.Payload ?? []).toString();
  const prefix = output.FunctionError ? `${output.FunctionError}: ` : '';
  return prefix + (text.length > 60 ? `${text.slice(0, 60)}… (${text.length} bytes)` : text);
}

function printTable(rows: readonly Record<string, string>[]): void {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  for (const line of lines) {
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}
