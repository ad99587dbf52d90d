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

/** The routes of Lambda's API. Operations that share a method and a path share a route. */
export function lambdaRoutes(context: ActionContext, authenticate: Authenticate): Route[] {
  const byPath = Map.groupBy(operations, ({ method, path }) => `${method} ${path.split('?')[0]}`);
  return [...byPath.values()].flatMap((candidates) => {
    const [first] = candidates;
    if (!first) return [];
    const route: Route = {
      method: first.method,
      path: first.path.split('?')[0] ?? first.path,
      handle: (request) =>
        perform(context, authenticate, chooseOperation(candidates, request.query), request),
    };
    return [route];
  });
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

/** Of the operations of one path, the one whose query parameter is there, else the one that needs none. */
function chooseOperation(candidates: readonly Operation[], query: URLSearchParams): Operation {
  const wanted = (operation: Operation) => {
    const [name, value] = operation.path.split('?')[1]?.split('=') ?? [];
    return name !== undefined && query.get(name) === value;
  };
  const plain = candidates.find((operation) => !operation.path.includes('?'));
  const chosen = candidates.length > 1 ? (candidates.find(wanted) ?? plain) : candidates[0];
  if (!chosen) throw new ServiceError('UnknownOperationException', 'Unknown operation.');
  return chosen;
}
