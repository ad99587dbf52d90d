import { ApiError, errorOf } from './api-error.ts';
import type { Transport } from './transport.ts';

/**
 * Sends a request and returns its successful response.
 * @throws ApiError for every other answer, and with status 0 when there was none.
 */
export async function send(transport: Transport, path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await transport(path, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, '', 'The worker is not answering.');
  }
  if (!response.ok) throw await errorOf(response);
  return response;
}

/** The same with JSON both ways. The answer's type is AWS's model of it. */
export async function sendJson<Answer>(
  transport: Transport,
  path: string,
  init?: { method: string; body?: unknown; signal?: AbortSignal },
): Promise<Answer> {
  const hasBody = init?.body !== undefined;
  const response = await send(transport, path, {
    method: init?.method,
    signal: init?.signal,
    headers: hasBody ? { 'content-type': 'application/json' } : undefined,
    body: hasBody ? JSON.stringify(init?.body) : undefined,
  });
  const text = await response.text();
  return JSON.parse(text || 'null');
}
