import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { expect } from 'vitest';
import type { Hearth } from '../harness/hearth.ts';

/** Any well-formed role will do. */
export const role = 'arn:aws:iam::000000000000:role/e2e';

/** The AWS SDK as a user of it would set it up; one attempt for each request, so that no failure is hidden. */
export function lambdaClient(hearth: Hearth): LambdaClient {
  return new LambdaClient({
    endpoint: hearth.apiOrigin,
    region: hearth.region,
    credentials: { accessKeyId: hearth.accessKeyId, secretAccessKey: hearth.secretAccessKey },
    maxAttempts: 1,
  });
}

/** A package of text files; the same files give the same bytes. */
export function zipOf(files: Record<string, string>): Uint8Array {
  const contents = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]);
  return zipSync(Object.fromEntries(contents), { mtime: new Date(1980, 0, 1) });
}

/** The input of CreateFunction for a function whose whole source is given. */
export function functionInput(
  FunctionName: string,
  source: string,
  more: Partial<CreateFunctionCommandInput> = {},
): CreateFunctionCommandInput & { FunctionName: string } {
  return {
    FunctionName,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: role,
    Code: { ZipFile: zipOf({ 'index.mjs': source }) },
    ...more,
  };
}

/** Creates a function whose whole source is given, and waits until it is active. */
export async function createFunction(
  client: LambdaClient,
  name: string,
  source: string,
  more: Partial<CreateFunctionCommandInput> = {},
): Promise<void> {
  await client.send(new CreateFunctionCommand(functionInput(name, source, more)));
  await waitUntilFunctionActiveV2({ client, maxWaitTime: 30 }, { FunctionName: name });
}

/** Invokes a function and parses what came back. */
export async function invoke(
  client: LambdaClient,
  name: string,
  event: unknown = {},
  more: Partial<InvokeCommandInput> = {},
) {
  const output = await client.send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event), ...more }),
  );
  return {
    ...output,
    answer: JSON.parse(Buffer.from(output.Payload ?? []).toString()) as unknown,
    log: Buffer.from(output.LogResult ?? '', 'base64').toString(),
  };
}

/** What an SDK's error tells of the answer, to compare with. */
export function awsError(name: string, httpStatusCode: number, message: string) {
  return expect.objectContaining({ name, message, $metadata: expect.objectContaining({ httpStatusCode }) });
}
