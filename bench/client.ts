import { createHash, createHmac } from 'node:crypto';
import http from 'node:http';
import {
  CreateFunctionCommand,
  LambdaClient,
  UpdateFunctionCodeCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import type { Hearth } from '../e2e/harness/hearth.ts';

/** The event that every measurement sends. */
export const event = '{"key1":"value1","key2":"value2","key3":"value3"}';

export const echoSource = 'export const handler = async (event) => event;';

/** An SDK client of a server under measurement, for everything that is not timed. */
export function sdk(hearth: Hearth): LambdaClient {
  return new LambdaClient({
    endpoint: hearth.apiOrigin,
    region: hearth.region,
    credentials: { accessKeyId: hearth.accessKeyId, secretAccessKey: hearth.secretAccessKey },
  });
}

/** Creates a function from files (name to contents) and waits until it is active. */
export async function createFunction(
  client: LambdaClient,
  name: string,
  files: Record<string, Uint8Array | string> = { 'index.mjs': echoSource },
): Promise<void> {
  await client.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: 'arn:aws:iam::000000000000:role/bench',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 30,
      // One whole core: smaller functions get their share of one, which is not what is measured here.
      MemorySize: 1769,
      Code: { ZipFile: zip(files) },
    }),
  );
  await waitUntilFunctionActiveV2({ client, maxWaitTime: 60, minDelay: 0.05 }, { FunctionName: name });
}

/** Gives a function other code, so that its next invocation is a cold start. */
export async function updateCode(client: LambdaClient, name: string, source: string): Promise<void> {
  await client.send(
    new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile: zip({ 'index.mjs': source }) }),
  );
  await waitUntilFunctionUpdatedV2({ client, maxWaitTime: 60, minDelay: 0.05 }, { FunctionName: name });
}

function zip(files: Record<string, Uint8Array | string>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, contents]) => [
        name,
        typeof contents === 'string' ? new TextEncoder().encode(contents) : contents,
      ]),
    ),
    { level: 1 },
  );
}

/** The URL and the signed headers of an Invoke; good for as long as the server's clock window, five minutes. */
export function signedInvoke(
  hearth: Hearth,
  functionName: string,
  body = event,
): { url: string; headers: Record<string, string>; body: string } {
  const route = `/2015-03-31/functions/${functionName}/invocations`;
  const { host } = new URL(hearth.apiOrigin);
  const date = `${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const scope = `${date.slice(0, 8)}/${hearth.region}/lambda/aws4_request`;
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const canonical = [
    'POST',
    route,
    '',
    `content-type:application/json\nhost:${host}\nx-amz-date:${date}\n`,
    'content-type;host;x-amz-date',
    sha256(body),
  ].join('\n');
  const key = [date.slice(0, 8), hearth.region, 'lambda', 'aws4_request'].reduce<string | Buffer>(
    (previous, part) => createHmac('sha256', previous).update(part).digest(),
    `AWS4${hearth.secretAccessKey}`,
  );
  const signature = createHmac('sha256', key)
    .update(['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n'))
    .digest('hex');
  return {
    url: `${hearth.apiOrigin}${route}`,
    headers: {
      Host: host,
      'content-type': 'application/json',
      'x-amz-date': date,
      authorization: `AWS4-HMAC-SHA256 Credential=${hearth.accessKeyId}/${scope}, SignedHeaders=content-type;host;x-amz-date, Signature=${signature}`,
    },
    body,
  };
}

const agent = new http.Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/**
 * Sends one prepared request over a kept connection and resolves to the milliseconds until its whole answer.
 * @throws Error when the answer is not a success of the function.
 */
export function timed(request: ReturnType<typeof signedInvoke>): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const sent = http.request(
      request.url,
      { method: 'POST', headers: request.headers, agent },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const milliseconds = performance.now() - started;
          if (response.statusCode === 200 && !response.headers['x-amz-function-error']) resolve(milliseconds);
          else reject(new Error(`${response.statusCode}: ${Buffer.concat(chunks).toString().slice(0, 500)}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(request.body);
  });
}
