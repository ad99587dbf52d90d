import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployExample } from '../../scripts/examples/deploy.ts';
import { exampleNames, type PackedExample, packExample } from '../../scripts/examples/pack.ts';
import { type Hearth, startHearth } from '../harness/hearth.ts';
import { invoke, lambdaClient } from './client.ts';

let hearth: Hearth;
let client: LambdaClient;
const examples = new Map<string, PackedExample>();

beforeAll(async () => {
  hearth = await startHearth();
  client = lambdaClient(hearth);
  for (const name of exampleNames) examples.set(name, await packExample(name));
}, 300_000);
afterAll(() => hearth?.stop());

/** Deploys an example once and gives a function that sends it one of its events. */
async function deploy(name: string) {
  const example = examples.get(name);
  if (!example) throw new Error(`There is no example ${name}.`);
  await deployExample(client, example);
  const read = (file: string) => readFileSync(path.join(example.directory, file));
  const send = async (event: string | object = 'event.json') => {
    const value = typeof event === 'string' ? JSON.parse(read(event).toString()) : event;
    const output = await invoke(client, name, value, { LogType: 'Tail' });
    expect(output.FunctionError, JSON.stringify(output.answer)).toBeUndefined();
    return output;
  };
  return { example, read, send };
}

/** An answer of payload format 2.0. */
interface HttpAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

function bodyOf(answer: unknown): unknown {
  return JSON.parse((answer as HttpAnswer).body);
}

test('every example is tested here', () => {
  expect(exampleNames).toEqual(['csv-report', 'hello', 'http-api', 'thumbnail', 'webhook']);
});

test('hello greets', async () => {
  const { send } = await deploy('hello');
  const { answer, log } = await send();
  expect(answer).toEqual({ message: 'Hello, Ada!', version: '$LATEST' });
  expect(log).toContain('Greeting Ada');
});

test('deploying again updates', async () => {
  await deploy('hello');
  const { send } = await deploy('hello');
  expect((await send({})).answer).toEqual({ message: 'Hello, world!', version: '$LATEST' });
});

test('packing is deterministic', async () => {
  const again = await packExample('http-api');
  expect(Buffer.from(again.zip)).toEqual(Buffer.from(examples.get('http-api')?.zip ?? []));
});

test('thumbnail answers HTTP with the picture, smaller', async () => {
  const { read, send } = await deploy('thumbnail');
  const { answer } = await send();
  const { statusCode, headers, body } = answer as HttpAnswer;
  expect(statusCode).toBe(200);
  expect(headers).toEqual({ 'content-type': 'image/jpeg', 'x-image-size': '300x200' });
  await expectThumbnail(Buffer.from(body, 'base64'), read('landscape.jpg'), 300, 200);
});

test('thumbnail makes one for every record of an S3 event', async () => {
  const { read, send } = await deploy('thumbnail');
  const { answer } = await send('event-s3.json');
  const { thumbnails } = answer as { thumbnails: { body: string }[] };
  expect(thumbnails).toEqual([
    {
      key: 'thumbnails/lake at dusk.jpg',
      contentType: 'image/jpeg',
      width: 240,
      height: 160,
      body: expect.any(String),
    },
  ]);
  await expectThumbnail(Buffer.from(thumbnails[0]?.body ?? '', 'base64'), read('landscape.jpg'), 240, 160);
});

test('thumbnail refuses what is no image', async () => {
  const { send } = await deploy('thumbnail');
  expect((await send({ body: 'bm90IGFuIGltYWdl' })).answer).toMatchObject({ statusCode: 400 });
  expect((await send({ body: '', queryStringParameters: { width: 'wide' } })).answer).toMatchObject({
    statusCode: 400,
  });
});

/** Decodes both and compares size and every pixel, as far as JPEG is faithful. */
async function expectThumbnail(thumbnail: Buffer, original: Buffer, width: number, height: number) {
  expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'jpeg', width, height });
  const actual = await sharp(thumbnail).raw().toBuffer();
  const expected = await sharp(original).resize({ width }).raw().toBuffer();
  expect(actual.length).toBe(width * height * 3);
  const differences = actual.map((value, index) => Math.abs(value - (expected[index] ?? 0)));
  expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThan(3);
  // The sky is blue at the top left and the sun bright: it is the picture, not a grey mean of it.
  const at = (x: number, y: number) => [...actual.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
  const [red = 0, , blue = 0] = at(2, 2);
  expect(blue).toBeGreaterThan(red + 50);
  expect(Math.min(...at(Math.round(width * 0.68), Math.round(height * 0.4)))).toBeGreaterThan(180);
}

test('http-api routes, validates and logs', async () => {
  const { send } = await deploy('http-api');
  const { answer, log } = await send();
  expect(answer).toMatchObject({ statusCode: 201, headers: { 'content-type': 'application/json' } });
  expect(bodyOf(answer)).toEqual({
    lines: [
      { sku: 'kettle', quantity: 2, amountCents: 9800 },
      { sku: 'logs-10', quantity: 3, amountCents: 3870 },
    ],
    subtotalCents: 13_670,
    discountCents: 684,
    totalCents: 12_986,
  });
  const entry = log.split('\n').find((line) => line.includes('Quote made')) ?? '{}';
  expect(JSON.parse(entry.slice(entry.indexOf('{')))).toMatchObject({
    level: 'INFO',
    message: 'Quote made',
    service: 'shop',
    function_name: 'http-api',
    cold_start: true,
    totalCents: 12_986,
  });
  const list = await send('event-list.json');
  expect(bodyOf(list.answer)).toMatchObject({
    products: expect.arrayContaining([expect.objectContaining({ sku: 'poker' })]),
  });
  expect((await send('event-not-found.json')).answer).toMatchObject({
    statusCode: 404,
    body: 'There is no product "anvil".',
  });
});

test('csv-report adds up 80,000 rows', async () => {
  const { example, send } = await deploy('csv-report');
  expect(example.event.length).toBeGreaterThan(3_500_000);
  const { answer } = await send();
  expect(bodyOf(answer)).toMatchObject({
    ...addUp(JSON.parse(example.event).body),
    topProducts: expect.objectContaining({ length: 5 }),
    rejected: {
      count: 8,
      first: expect.arrayContaining([{ line: 10_000, problem: 'quantity "n/a" is not a count' }]),
    },
  });
});

/** The same sums, made another way: these rows need no CSV parser, as only the region can hold a comma. */
function addUp(csv: string) {
  const rows = csv.trim().split('\n').slice(1);
  let accepted = 0;
  let revenueCents = 0;
  for (const row of rows) {
    const [quantity = '', price = ''] = row.split(',').slice(-2);
    if (quantity === 'n/a') continue;
    accepted += 1;
    revenueCents += Number(quantity) * Math.round(Number(price) * 100);
  }
  return { rows: accepted, revenueCents };
}

test('webhook accepts the right signature and refuses a forged one', async () => {
  const { example, send } = await deploy('webhook');
  const accepted = await send();
  expect(accepted.answer).toMatchObject({ statusCode: 202 });
  expect(bodyOf(accepted.answer)).toEqual({
    accepted: { source: 'github', event: 'push', repository: 'ada/engine', sender: 'ada' },
  });
  expect((await send('event-forged.json')).answer).toMatchObject({ statusCode: 401 });
  expect((await send({ headers: {}, body: '{}' })).answer).toMatchObject({ statusCode: 401 });

  const stripe = spawnSync(process.execPath, ['make-stripe-event.js'], { cwd: example.directory });
  const fresh = JSON.parse(stripe.stdout.toString());
  expect((await send(fresh)).answer).toMatchObject({ statusCode: 202 });
  fresh.headers['stripe-signature'] = fresh.headers['stripe-signature'].replace(/t=\d+/, 't=1');
  expect((await send(fresh)).answer).toMatchObject({ statusCode: 401 });
});

test("webhook's own tests pass", () => {
  const directory = examples.get('webhook')?.directory;
  const { status, stdout } = spawnSync(process.execPath, ['--test'], { cwd: directory });
  expect(status, stdout.toString()).toBe(0);
});
