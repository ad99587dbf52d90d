import type { IncomingHttpHeaders } from 'node:http';
import { ServiceError } from '../../../core/errors.ts';
import { resolveExecutable } from '../../../core/functions/resolve-executable.ts';
import { limits } from '../../../core/limits.ts';
import type { InvokeRequest } from '../../engine/engine.ts';
import type { HttpResponse } from '../route.ts';
import type { ActionContext, ActionRequest } from './action.ts';
import { readClientContext } from './client-context.ts';
import { traceHeader } from './trace-header.ts';

/** @param bytes size that the client wanted to send */
export function payloadTooLarge(bytes: number): ServiceError {
  return new ServiceError(
    'RequestTooLargeException',
    `${bytes} byte payload is too large for the RequestResponse invocation type (limit ${limits.requestBytes} bytes)`,
  );
}

/**
 * Invoke: the event goes to the function, and its result to the client, as the bytes that they are.
 * An invocation goes on when its client leaves, as on Lambda.
 */
export async function invoke(context: ActionContext, request: ActionRequest): Promise<HttpResponse> {
  const { isDryRun, invocation } = await readInvocation(context, request, [
    'Event',
    'RequestResponse',
    'DryRun',
  ]);
  if (isDryRun) return dryRunResponse(invocation);
  const result = await context.engine.invoke(invocation);
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-amz-executed-version': result.executedVersion,
    'x-amzn-trace-id': invocation.traceId,
  };
  if (result.functionError) headers['x-amz-function-error'] = result.functionError;
  if (result.logTail) headers['x-amz-log-result'] = result.logTail.toString('base64');
  return { status: 200, headers, body: result.payload };
}

/**
 * What a request asks to be invoked, everything checked.
 * @param invocationTypes that the operation knows, in the order that AWS prints them
 */
export async function readInvocation(
  { core }: ActionContext,
  request: ActionRequest,
  invocationTypes: readonly string[],
): Promise<{ isDryRun: boolean; invocation: InvokeRequest }> {
  const headers = readInvokeHeaders(request.message.headers, invocationTypes);
  const { executable, invokedFunctionArn } = await resolveExecutable(
    core,
    request.caller,
    request.parameters.FunctionName ?? '',
    request.query.get('Qualifier') ?? undefined,
  );
  return {
    isDryRun: headers.invocationType === 'DryRun',
    invocation: {
      requestId: request.id,
      executable,
      invokedFunctionArn,
      payload: request.body,
      clientContext: headers.clientContext,
      traceId: traceHeader(headers.traceId, core.clock.now(), core.uuid),
      callerArn: request.caller.arn,
      tailLog: headers.tailLog,
    },
  };
}

export function dryRunResponse({ executable }: InvokeRequest): HttpResponse {
  return { status: 204, headers: { 'x-amz-executed-version': executable.version } };
}

function readInvokeHeaders(headers: IncomingHttpHeaders, invocationTypes: readonly string[]) {
  const text = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const invocationType = text('x-amz-invocation-type') ?? 'RequestResponse';
  const logType = text('x-amz-log-type') ?? 'None';
  const problems = [
    ...enumProblem('invocationType', invocationType, invocationTypes),
    ...enumProblem('logType', logType, ['None', 'Tail']),
  ];
  if (problems.length > 0) {
    const count = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`;
    throw new ServiceError('ValidationException', `${count} detected: ${problems.join('; ')}`);
  }
  if (invocationType === 'Event') {
    throw new ServiceError(
      'NotImplementedException',
      'Hearth does not support asynchronous invocation (InvocationType Event) yet. Use RequestResponse.',
    );
  }
  if (text('x-amz-tenant-id') !== undefined) {
    throw new ServiceError(
      'InvalidParameterValueException',
      'Tenant ID configuration not specified or passed to a function when tenant isolation is not enabled.',
    );
  }
  if (text('x-amz-durable-execution-name') !== undefined) {
    throw new ServiceError(
      'NotImplementedException',
      'Hearth does not support durable executions (DurableExecutionName) yet.',
    );
  }
  const clientContext = text('x-amz-client-context');
  return {
    invocationType,
    tailLog: logType === 'Tail',
    clientContext: clientContext && readClientContext(clientContext),
    traceId: text('x-amzn-trace-id'),
  };
}

function enumProblem(member: string, value: string, allowed: readonly string[]): string[] {
  if (allowed.includes(value)) return [];
  return [
    `Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(', ')}]`,
  ];
}
