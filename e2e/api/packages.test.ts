import { readdirSync } from 'node:fs';
import path from 'node:path';
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hearth, startHearth } from '../harness/hearth.ts';
import { awsError, createFunction, functionInput, invoke, lambdaClient } from './client.ts';
import { writeZip, type ZipEntry } from './hostile-zip.ts';

let hearth: Hearth;
let client: LambdaClient;

beforeAll(async () => {
  hearth = await startHearth();
  client = lambdaClient(hearth);
});
afterAll(() => hearth?.stop());

const index: ZipEntry = { name: 'index.mjs', data: 'export const handler = async () => "harmless";' };
const upload = (zip: Uint8Array) =>
  client.send(new CreateFunctionCommand({ ...functionInput('bad', ''), Code: { ZipFile: zip } }));
const cannotUnzip = awsError(
  'InvalidParameterValueException',
  400,
  'Could not unzip uploaded file. Please check your file, then try to upload again.',
);

test('the zip writer of these tests writes zips that work', async () => {
  const zip = writeZip([index, { name: 'lib/', mode: 0o040755 }, { name: 'lib/a.txt', data: 'a' }]);
  await createFunction(client, 'good', '', { Code: { ZipFile: zip } });
  expect((await invoke(client, 'good')).answer).toBe('harmless');
});

const bomb: ZipEntry = { name: 'zeros', data: Buffer.alloc(20_000_000) };

test.each<[string, () => Buffer]>([
  ['random bytes', () => Buffer.from('PK but not a zip at all')],
  ['a zip that is cut off', () => writeZip([index]).subarray(0, -30)],
  [
    'damaged content',
    () => {
      const zip = writeZip([index]);
      zip.writeUInt8(zip.readUInt8(45) ^ 0xff, 45);
      return zip;
    },
  ],
  ['an encrypted entry', () => writeZip([index, { name: 'secret', data: 'x', flags: 1 }])],
  ['a path that climbs out', () => writeZip([index, { name: '../../etc/evil', data: 'x' }])],
  ['a path that climbs out from below', () => writeZip([index, { name: 'lib/../../evil', data: 'x' }])],
  ['an absolute path', () => writeZip([index, { name: '/etc/evil', data: 'x' }])],
  ['a Windows drive', () => writeZip([index, { name: 'C:/evil', data: 'x' }])],
  ['a backslash', () => writeZip([index, { name: '..\\evil', data: 'x' }])],
  ['a zero byte in a name', () => writeZip([index, { name: 'a\0b', data: 'x' }])],
  ['a symbolic link', () => writeZip([index, { name: 'shadow', data: '/etc/shadow', mode: 0o120777 }])],
  ['a device', () => writeZip([index, { name: 'sda', mode: 0o060666 }])],
  ['two entries of one name', () => writeZip([index, { ...index, data: 'export const handler = 1;' }])],
  ['a file that is also a directory', () => writeZip([index, { name: 'index.mjs/inner', data: 'x' }])],
  ['an entry larger than it claims', () => writeZip([index, { ...bomb, claimedSize: 10 }])],
  [
    'entries that share their data',
    () => writeZip([bomb, ...Array.from({ length: 10 }, (_, i) => ({ name: `copy-${i}`, sharesDataOf: 0 }))]),
  ],
  [
    'more than 100,000 entries',
    () => writeZip([index, ...Array.from({ length: 100_000 }, (_, i) => ({ name: `empty-${i}` }))]),
  ],
])('a package with %s is refused', async (_what, makeZip) => {
  await expect(upload(makeZip())).rejects.toEqual(cannotUnzip);
});

test('a package without a file is refused', async () => {
  const empty = awsError('InvalidParameterValueException', 400, 'Uploaded file must be a non-empty zip');
  await expect(upload(writeZip([]))).rejects.toEqual(empty);
  await expect(upload(Buffer.alloc(0))).rejects.toEqual(empty);
});

test('more than 250 MB unzipped are refused, however small the zip', async () => {
  const parts = Array.from({ length: 3 }, (_, i) => ({ name: `part-${i}`, data: Buffer.alloc(88_000_000) }));
  await expect(upload(writeZip([index, ...parts]))).rejects.toEqual(
    awsError('InvalidParameterValueException', 400, 'Unzipped size must be smaller than 262144000 bytes'),
  );
});

test('more than 50 MB zipped are refused', async () => {
  await expect(upload(Buffer.alloc(52_428_801))).rejects.toEqual(
    awsError('RequestEntityTooLargeException', 413, 'Zipped size must be smaller than 52428800 bytes'),
  );
  await expect(upload(Buffer.alloc(53_000_000))).rejects.toEqual(
    awsError(
      'RequestEntityTooLargeException',
      413,
      'Request must be smaller than 70167211 bytes for the CreateFunction operation',
    ),
  );
});

test('a refused update leaves the function as it was', async () => {
  await createFunction(client, 'steady', `export const handler = async () => 'before';`);
  const before = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'steady' }));
  const evil = writeZip([index, { name: '../evil', data: 'x' }]);
  await expect(
    client.send(new UpdateFunctionCodeCommand({ FunctionName: 'steady', ZipFile: evil })),
  ).rejects.toEqual(cannotUnzip);
  const after = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'steady' }));
  expect({ ...after, $metadata: null }).toEqual({ ...before, $metadata: null });
  expect((await invoke(client, 'steady')).answer).toBe('before');
});

test('nothing of a refused package stays behind', async () => {
  const { Functions } = await client.send(new ListFunctionsCommand({}));
  expect(Functions?.map(({ FunctionName }) => FunctionName).sort()).toEqual(['good', 'steady']);
  const files = readdirSync(hearth.dataDirectory, { recursive: true }).map((file) =>
    path.basename(String(file)),
  );
  expect(files.filter((file) => /evil|shadow|zeros|copy-|empty-|part-/.test(file))).toEqual([]);
});
