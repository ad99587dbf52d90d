import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  ResourceNotFoundException,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import type { FunctionDefinition, PackedExample } from './pack.ts';

/** Creates the example's function, or brings an existing one to the same code and configuration. */
export async function deployExample(client: LambdaClient, example: PackedExample): Promise<void> {
  const { definition, zip } = example;
  const waiter = { client, maxWaitTime: 30, minDelay: 1, maxDelay: 2 };
  const name = { FunctionName: definition.FunctionName };
  if (!(await exists(client, name))) {
    await client.send(new CreateFunctionCommand({ ...definition, Code: { ZipFile: zip } }));
    await waitUntilFunctionActiveV2(waiter, name);
    return;
  }
  await client.send(new UpdateFunctionConfigurationCommand(definition));
  await waitUntilFunctionUpdatedV2(waiter, name);
  await client.send(new UpdateFunctionCodeCommand({ ...name, ZipFile: zip }));
  await waitUntilFunctionUpdatedV2(waiter, name);
}

async function exists(
  client: LambdaClient,
  name: Pick<FunctionDefinition, 'FunctionName'>,
): Promise<boolean> {
  try {
    await client.send(new GetFunctionConfigurationCommand(name));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}
