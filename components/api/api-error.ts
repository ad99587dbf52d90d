/** Why a request failed, with what the worker said about it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status; 0 when no answer arrived. */
  readonly status: number;
  /** AWS's error code, `ResourceNotFoundException` for example; empty when the answer had none. */
  readonly code: string;
  /** Of `x-amzn-RequestId`, for finding it in the worker's log. */
  readonly requestId: string | undefined;

  constructor(status: number, code: string, message: string, requestId?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }

  /** Neither the session nor a missing permission: nobody answered. It comes back by itself. */
  get workerIsDown(): boolean {
    return this.status === 0 || (this.status >= 502 && this.status <= 504 && this.code === '');
  }

  /** The request was refused because of what its sender may do. */
  get isForbidden(): boolean {
    return this.status === 403 && this.code === 'AccessDeniedException';
  }

  /** Nobody is signed in any more. */
  get isSessionExpired(): boolean {
    return this.status === 401 || (this.status === 403 && !this.isForbidden);
  }

  get isNotFound(): boolean {
    return this.status === 404;
  }
}

/** The error that a response stands for. Reads its body. */
export async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  const code = (response.headers.get('x-amzn-errortype') ?? '').split(':')[0] ?? '';
  return new ApiError(
    response.status,
    code,
    messageOf(body) ?? `The worker answered with status ${response.status}.`,
    response.headers.get('x-amzn-requestid') ?? undefined,
  );
}

function messageOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  for (const member of ['message', 'Message']) {
    const text: unknown = Reflect.get(body, member);
    if (typeof text === 'string' && text !== '') return text;
  }
  return undefined;
}

/**
 * Splits AWS's validation message by field: `{ timeout: 'Member must have value greater than or equal to 1' }`.
 * Names are AWS's, lower camel case. Empty when the message blames no field.
 */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const blamed = error.message.matchAll(/at '([\w.]+)' failed to satisfy constraint: (.+?)(?=; Value |$)/gs);
  return Object.fromEntries([...blamed].map(([, field, constraint]) => [field, constraint]));
}

/** What to tell about any error. */
export function explain(error: unknown): string {
  return error instanceof Error ? error.message : 'Something unexpected happened.';
}
