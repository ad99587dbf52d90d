import type { FunctionConfiguration, Runtime } from '@aws-sdk/client-lambda';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PackageFiles } from '../package/package-file.ts';
import { toBase64 } from './base64.ts';
import { functionKey } from './get-function.ts';
import { functionsQuery } from './list-functions.ts';
import { sendJson } from './request.ts';
import { browserTransport } from './transport.ts';

interface NewFunction {
  name: string;
  runtime: Runtime;
  handler: string;
  /** MB. */
  memory: number;
  /** Seconds. */
  timeout: number;
  description: string;
  /** ARN of the execution role. */
  role: string;
  files: PackageFiles;
}

async function createFunction(input: NewFunction): Promise<FunctionConfiguration> {
  // Packing is needed once a function is created, not to show the form.
  const { writePackage } = await import('../package/write-package.ts');
  return sendJson(browserTransport, '/2015-03-31/functions', {
    method: 'POST',
    body: {
      FunctionName: input.name,
      Runtime: input.runtime,
      Handler: input.handler,
      MemorySize: input.memory,
      Timeout: input.timeout,
      Description: input.description,
      Role: input.role,
      Code: { ZipFile: toBase64(writePackage(input.files)) },
    },
  });
}

export function useCreateFunction() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: createFunction,
    onSuccess: (configuration, { name }) => {
      queryClient.setQueryData(functionKey(name), configuration);
      void queryClient.invalidateQueries({ queryKey: functionsQuery().queryKey });
    },
  });
}
