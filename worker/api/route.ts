import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

/** A request, its body still unread. */
export interface HttpRequest {
  /** UUID; the client sees it as `x-amzn-RequestId`. */
  id: string;
  message: IncomingMessage;
  /** Path parameters, percent-decoded. */
  parameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
}

export interface HttpResponse {
  status: number;
  headers?: Readonly<Record<string, string | string[]>>;
  body?: string | Buffer | Readable;
}

/** One method and path, and what answers there. Errors are thrown. */
export interface Route {
  method: 'DELETE' | 'GET' | 'POST' | 'PUT';
  /** With parameters in braces, as AWS writes them: `/functions/{FunctionName}`. A trailing slash is accepted. */
  path: string;
  /** Which requests are meant, where several routes have the method and path; all when absent. */
  accepts?(message: IncomingMessage): boolean;
  handle(request: HttpRequest): Promise<HttpResponse>;
}

/** An answer of JSON. */
export function jsonResponse(
  status: number,
  value: unknown,
  headers?: HttpResponse['headers'],
): HttpResponse {
  // As bytes: to text Fastify would add a charset, which AWS's content type does not have.
  const body = Buffer.from(JSON.stringify(value));
  return { status, headers: { ...headers, 'content-type': 'application/json' }, body };
}
