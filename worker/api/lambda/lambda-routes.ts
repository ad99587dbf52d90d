import { ServiceError } from '../../../core/errors.ts';
import { limits } from '../../../core/limits.ts';
import type { Authenticate } from '../authenticate.ts';
import { readBody } from '../body.ts';
import type { HttpRequest, HttpResponse, Route } from '../route.ts';
import type { ActionContext } from './action.ts';
import { payloadTooLarge } from './invoke.ts';
import { type Operation, operations } from './operations.ts';

/** Of JSON that carries no code package. */
const longestInputBytes = 1_048_576;

const uploads: ReadonlySet<string> = new Set(['CreateFunction', 'PublishLayerVersion', 'UpdateFunctionCode']);
const invocations: ReadonlySet<string> = new Set(['Invoke', 'InvokeAsync', 'InvokeWithResponseStream']);

/** The routes of Lambda's API. A query parameter in an operation's path tells it from the one without. */
export function lambdaRoutes(context: ActionContext, authenticate: Authenticate): Route[] {
  const plain = operations.filter(({ path }) => !path.includes('?'));
  return plain.map((operation) => {
    const { method, path } = operation;
    const others = operations.filter((other) => other.method === method && other.path.startsWith(`${path}?`));
    const choose = (query: URLSearchParams) => others.find((other) => isMeant(other, query)) ?? operation;
    return {
      method,
      path,
      handle: (request) => perform(context, authenticate, choose(request.query), request),
    };
  });
}

function isMeant({ path }: Operation, query: URLSearchParams): boolean {
  const [name = '', value] = path.slice(path.indexOf('?') + 1).split('=');
  return query.get(name) === value;
}

/** Authentication, then what the operation checks: parameters, then whether the resource is there. */
async function perform(
  context: ActionContext,
  authenticate: Authenticate,
  operation: Operation,
  request: HttpRequest,
): Promise<HttpResponse> {
  const { caller, verifyBody } = await authenticate(request.message);
  const body = await readOperationBody(operation.name, request);
  verifyBody(body);
  if (!operation.action) {
    throw new ServiceError(
      'NotImplementedException',
      `Hearth does not support ${operation.name} yet. docs/api.md lists the operations that it supports.`,
    );
  }
  return operation.action(context, { ...request, caller, body, operation });
}

function readOperationBody(name: string, request: HttpRequest): Promise<Buffer> {
  const encoding = request.message.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new ServiceError(
      'UnsupportedMediaTypeException',
      `The content encoding '${encoding}' is not supported. Send the body as it is.`,
    );
  }
  if (invocations.has(name)) return readBody(request.message, limits.requestBytes, payloadTooLarge);
  const limit = uploads.has(name) ? limits.createFunctionRequestBytes : longestInputBytes;
  return readBody(
    request.message,
    limit,
    () =>
      new ServiceError(
        'RequestEntityTooLargeException',
        `Request must be smaller than ${limit} bytes for the ${name} operation`,
      ),
  );
}
