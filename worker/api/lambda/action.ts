import type { Caller, JsonObject } from '../../../core/caller.ts';
import type { Core } from '../../../core/core.ts';
import { ServiceError } from '../../../core/errors.ts';
import type { Engine } from '../../engine/engine.ts';
import { parseJsonObject } from '../json.ts';
import { type HttpRequest, type HttpResponse, jsonResponse } from '../route.ts';
import type { Operation } from './operations.ts';

/** What actions work with. */
export interface ActionContext {
  core: Core;
  engine: Engine;
}

/** A request whose sender is known and whose body has been read. */
export interface ActionRequest extends HttpRequest {
  caller: Caller;
  body: Buffer;
  /** Which operation it is, of those that may share an action. */
  operation: Operation;
}

/** How one operation reads its request and answers it. */
export type Action = (context: ActionContext, request: ActionRequest) => Promise<HttpResponse>;

/**
 * The action of an operation whose request and answer are JSON: body, query and path become one input, the path
 * winning, and `verb` does the rest, validation included.
 */
export function jsonAction(
  verb: (core: Core, caller: Caller, input: JsonObject) => Promise<unknown>,
): Action {
  return async ({ core }, request) => {
    checkJsonBody(request);
    const input = {
      ...parseJsonObject(request.body),
      ...readQuery(request.query, request.operation.queryMembers),
      ...request.parameters,
    };
    const answer = await verb(core, request.caller, input);
    const { status } = request.operation;
    return status === 204 ? { status } : jsonResponse(status, answer);
  };
}

/** Those of AWS's query parameters that are not written as their members are, and are lists. */
const listParameters: ReadonlyMap<string, string> = new Map([['tagKeys', 'TagKeys']]);

function readQuery(query: URLSearchParams, parameters: readonly string[]): JsonObject {
  const given = parameters.filter((name) => query.has(name));
  return Object.fromEntries(
    given.map((name) => {
      const list = listParameters.get(name);
      return list === undefined ? [name, query.get(name)] : [list, query.getAll(name)];
    }),
  );
}

function checkJsonBody({ message, body }: ActionRequest): void {
  const type = message.headers['content-type'];
  if (
    body.length > 0 &&
    type !== undefined &&
    !/^application\/(x-amz-json-1\.[01]|json) *(;|$)/i.test(type)
  ) {
    throw new ServiceError(
      'UnsupportedMediaTypeException',
      'The content type of the request body is not JSON.',
    );
  }
}
