import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import {
  AddLayerVersionPermissionCommand,
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteLayerVersionCommand,
  GetFunctionCommand,
  GetLayerVersionByArnCommand,
  GetLayerVersionPolicyCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListLayersCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  RemoveLayerVersionPermissionCommand,
  RemovePermissionCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hearth, startHearth } from '../harness/hearth.ts';
import { awsError, createFunction, functionInput, invoke, lambdaClient, zipOf } from './client.ts';

let hearth: Hearth;
let client: LambdaClient;

beforeAll(async () => {
  hearth = await startHearth();
  client = lambdaClient(hearth);
});
afterAll(async () => {
  client?.destroy();
  await hearth?.stop();
});

const publish = (LayerName: string, files: Record<string, string>) =>
  client.send(new PublishLayerVersionCommand({ LayerName, Content: { ZipFile: zipOf(files) } }));

/** CommonJS, because Node.js reads NODE_PATH for `require` only. */
const packageOf = (source: string) => ({ Code: { ZipFile: zipOf({ 'index.js': source }) } });

test('a function requires what its layers bring, goes on after their deletion, and can change them', async () => {
  const one = await publish('one', {
    'nodejs/node_modules/greeting/index.js': 'module.exports = "one";',
    'shared.txt': 'one',
  });
  const two = await publish('two', { 'shared.txt': 'two' });
  const Layers = [one.LayerVersionArn ?? '', two.LayerVersionArn ?? ''];
  const source = `
    const fs = require('node:fs');
    exports.handler = async () => {
      let greeting = 'none';
      try { greeting = require('greeting'); } catch {}
      return [greeting, fs.existsSync('/opt/shared.txt') ? fs.readFileSync('/opt/shared.txt', 'utf8') : 'none'];
    };`;
  await createFunction(client, 'layered', '', { ...packageOf(source), Layers });
  expect((await invoke(client, 'layered')).answer).toEqual(['one', 'two']);

  for (const LayerName of ['one', 'two']) {
    await client.send(new DeleteLayerVersionCommand({ LayerName, VersionNumber: 1 }));
  }
  const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: 'layered' }));
  expect(Configuration?.Layers?.map(({ Arn }) => Arn)).toEqual(Layers);
  expect((await invoke(client, 'layered')).answer).toEqual(['one', 'two']);
  expect((await client.send(new ListLayersCommand({}))).Layers).toEqual([]);

  const three = await publish('two', { 'shared.txt': 'three' });
  expect(three.Version).toBe(2);
  await client.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: 'layered',
      Layers: [three.LayerVersionArn ?? ''],
    }),
  );
  await waitUntilFunctionUpdatedV2({ client, maxWaitTime: 30 }, { FunctionName: 'layered' });
  expect((await invoke(client, 'layered')).answer).toEqual(['none', 'three']);
  const { LayerVersions } = await client.send(new ListLayerVersionsCommand({ LayerName: 'two' }));
  expect(LayerVersions?.map(({ Version }) => Version)).toEqual([2]);
  const byArn = await client.send(new GetLayerVersionByArnCommand({ Arn: three.LayerVersionArn }));
  const download = await fetch(byArn.Content?.Location ?? '');
  expect(Buffer.from(await download.arrayBuffer())).toEqual(Buffer.from(zipOf({ 'shared.txt': 'three' })));
});

test('another account invokes a function and uses a layer as long as it is permitted', async () => {
  const ask = (path: string, body: object) => askHearth(hearth, path, body);
  await ask('/hearth/accounts', { accountId: '444455556666', name: 'Other' });
  await ask('/hearth/users', { name: 'bob', password: 'correct horse', accountId: '444455556666' });
  const key = await ask('/hearth/users/bob/access-keys', {});
  const stranger = new LambdaClient({
    endpoint: hearth.apiOrigin,
    region: hearth.region,
    credentials: key as { accessKeyId: string; secretAccessKey: string },
    maxAttempts: 1,
  });
  await createFunction(client, 'shared', 'export const handler = async (event) => event;');
  const FunctionName = 'arn:aws:lambda:us-east-1:000000000000:function:shared';
  const denied = awsError(
    'AccessDeniedException',
    403,
    'User: arn:aws:iam::444455556666:user/bob is not authorized to perform: lambda:InvokeFunction on resource: ' +
      `${FunctionName} because no resource-based policy allows the lambda:InvokeFunction action`,
  );
  const call = () => stranger.send(new InvokeCommand({ FunctionName, Payload: '"hi"' }));
  await expect(call()).rejects.toEqual(denied);
  await client.send(
    new AddPermissionCommand({
      FunctionName: 'shared',
      StatementId: 'bob',
      Action: 'lambda:InvokeFunction',
      Principal: '444455556666',
    }),
  );
  expect((await call()).Payload?.transformToString()).toBe('"hi"');
  const { RevisionId } = await client.send(new GetPolicyCommand({ FunctionName: 'shared' }));
  await client.send(new RemovePermissionCommand({ FunctionName: 'shared', StatementId: 'bob', RevisionId }));
  await expect(call()).rejects.toEqual(denied);

  const { LayerVersionArn = '' } = await publish('lent', { 'a.txt': 'a' });
  const theirs = {
    ...functionInput('theirs', 'export const handler = async () => 1;'),
    Role: 'arn:aws:iam::444455556666:role/any',
    Layers: [LayerVersionArn],
  };
  await expect(stranger.send(new CreateFunctionCommand(theirs))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  const version = { LayerName: 'lent', VersionNumber: 1 };
  await client.send(
    new AddLayerVersionPermissionCommand({
      ...version,
      StatementId: 'all',
      Action: 'lambda:GetLayerVersion',
      Principal: '*',
    }),
  );
  expect((await client.send(new GetLayerVersionPolicyCommand(version))).Policy).toContain('"Sid":"all"');
  await stranger.send(new CreateFunctionCommand(theirs));
  await client.send(new RemoveLayerVersionPermissionCommand({ ...version, StatementId: 'all' }));
  stranger.destroy();
});

/** Posts JSON to one of Hearth's own paths, signed with the root key. */
async function askHearth(server: Hearth, path: string, body: object): Promise<unknown> {
  const { accessKeyId, secretAccessKey, region } = server;
  const url = new URL(path, server.apiOrigin);
  const signer = new SignatureV4({
    service: 'lambda',
    region,
    credentials: { accessKeyId, secretAccessKey },
    sha256: Sha256,
  });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path,
    headers: { host: url.host },
    body: JSON.stringify(body),
  });
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.status).toBe(201);
  return answer.json();
}

/** Node.js's SHA-256 and HMAC as the SDK's signer wants them. */
class Sha256 {
  readonly #hash: Hash | Hmac;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytes(data));
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {}
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
}
