import type { Caller, JsonObject } from '../../../core/caller.ts';
import type { Core } from '../../../core/core.ts';
import { ServiceError } from '../../../core/errors.ts';
import type { Engine } from '../../engine/engine.ts';
import { parseJsonObject } from '../json.ts';
import { type HttpRequest, type HttpResponse, jsonResponse } from '../route.ts';

/** What actions work with. */
export interface ActionContext {
  core: Core;
  engine: Engine;
}

/** A request whose sender is known and whose body has been read. */
export interface ActionRequest extends HttpRequest {
  caller: Caller;
  body: Buffer;
  /** Status that success has. */
  status: number;
}

/** How one operation reads its request and answers it. */
export type Action = (context: ActionContext, request: ActionRequest) => Promise<HttpResponse>;

/** Query parameters that an operation knows, by the type of their value. */
export type QueryMembers = Readonly<Record<string, 'text' | 'integer'>>;

/**
 * The action of an operation whose request and answer are JSON: body, query and path become one input, the path
 * winning, and `verb` does the rest, validation included.
 */
export function jsonAction(
  verb: (core: Core, caller: Caller, input: JsonObject) => Promise<unknown>,
  queryMembers: QueryMembers = {},
): Action {
  return async ({ core }, request) => {
    checkJsonBody(request);
    const input = {
      ...parseJsonObject(request.body),
      ...readQuery(request.query, queryMembers),
      ...request.parameters,
    };
    const answer = await verb(core, request.caller, input);
    return request.status === 204 ? { status: 204 } : jsonResponse(request.status, answer);
  };
}

function readQuery(query: URLSearchParams, members: QueryMembers): JsonObject {
  const values: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(members)) {
    const text = query.get(name);
    // What is no integer stays text, and validation says what is wrong with it.
    if (text !== null) values[name] = type === 'integer' && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  }
  return values;
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
