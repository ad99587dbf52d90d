import type { Caller, JsonObject } from '../../../core/caller.ts';
import { ServiceError } from '../../../core/errors.ts';
import { AwsFault } from '../../telemetry/aws-fault.ts';
import type { TelemetryService } from '../../telemetry/telemetry.ts';
import type { Authenticate } from '../authenticate.ts';
import { readBody } from '../body.ts';
import { toServiceError } from '../error-response.ts';
import { parseJsonObject } from '../json.ts';
import type { HttpRequest, HttpResponse, Route } from '../route.ts';
import { startLiveTail } from './live-tail.ts';

/** A service whose operations all are at `POST /`, told apart by `X-Amz-Target`. */
interface JsonService {
  targetPrefix: string;
  /** As signatures name it, and the operations of telemetry. */
  name: 'logs' | 'monitoring';
  contentType: string;
}

const services: readonly JsonService[] = [
  { targetPrefix: 'Logs_20140328.', name: 'logs', contentType: 'application/x-amz-json-1.1' },
  {
    targetPrefix: 'GraniteServiceVersion20100801.',
    name: 'monitoring',
    contentType: 'application/x-amz-json-1.0',
  },
];
/** A batch of PutLogEvents is at most 1 MiB of text; escapes in JSON can make six bytes of one. */
const longestBodyBytes = 8 * 1_048_576;

/** CloudWatch Logs and CloudWatch, as the SDKs for JavaScript and most others speak to them: JSON 1.1 and 1.0. */
export function jsonRoutes(telemetry: TelemetryService, authenticate: Authenticate): Route[] {
  return [
    {
      method: 'POST',
      path: '/',
      async handle(request) {
        const target = request.message.headers['x-amz-target'];
        const service = services.find(
          ({ targetPrefix }) => typeof target === 'string' && target.startsWith(targetPrefix),
        );
        if (!service || typeof target !== 'string') {
          throw new ServiceError('UnknownOperationException', 'No operation has this target.');
        }
        const operation = target.slice(service.targetPrefix.length);
        try {
          const { caller, body } = await readSigned(authenticate, request, service.name);
          return await perform(telemetry, caller, service, operation, parseJsonObject(body), request.id);
        } catch (error) {
          return answerError(service, error);
        }
      },
    },
  ];
}

/** Who sends, and the whole body, the signature checked. */
export async function readSigned(
  authenticate: Authenticate,
  { message }: HttpRequest,
  service: string,
): Promise<{ caller: Caller; body: Buffer }> {
  const { caller, verifyBody } = await authenticate(message, service);
  const body = await readBody(
    message,
    longestBodyBytes,
    () => new ServiceError('RequestEntityTooLargeException', 'The request is too large.'),
  );
  verifyBody(body);
  return { caller, body };
}

async function perform(
  telemetry: TelemetryService,
  caller: Caller,
  service: JsonService,
  operation: string,
  input: JsonObject,
  requestId: string,
): Promise<HttpResponse> {
  if (service.name === 'logs' && operation === 'StartLiveTail') {
    return startLiveTail(telemetry, caller, input, requestId);
  }
  return jsonAnswer(service, 200, await telemetry.call(`${service.name}.${operation}`, caller, input));
}

function jsonAnswer({ contentType }: JsonService, status: number, value: unknown): HttpResponse {
  return { status, headers: { 'content-type': contentType }, body: JSON.stringify(withSeconds(value)) };
}

/** Times are seconds since the epoch in this protocol. */
function withSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(withSeconds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withSeconds(member)]));
}

/** Every error of the client is a 400 in this protocol; its name is a member of the body. */
function answerError(service: JsonService, error: unknown): HttpResponse {
  const { code, message, details } = faultOf(error);
  return jsonAnswer(service, 400, { ...details, __type: code, message });
}

/** What to tell the client. @throws ServiceError when it is not to blame. */
export function faultOf(error: unknown): {
  code: string;
  message: string;
  details: Readonly<Record<string, unknown>>;
} {
  if (error instanceof AwsFault) return error;
  const serviceError = toServiceError(error);
  if (serviceError.fault === 'Service') throw serviceError;
  return { code: serviceError.code, message: serviceError.message, details: {} };
}
