import { ServiceError } from '../../../core/errors.ts';
import { AwsFault } from '../../telemetry/aws-fault.ts';
import type { TelemetryService } from '../../telemetry/telemetry.ts';
import type { Authenticate } from '../authenticate.ts';
import { readBody } from '../body.ts';
import { toServiceError } from '../error-response.ts';
import { parseJsonObject } from '../json.ts';
import type { HttpRequest, HttpResponse, Route } from '../route.ts';
import { startLiveTail } from './live-tail.ts';

const targetPrefix = 'Logs_20140328.';
/** A batch of PutLogEvents is at most 1 MiB of text; escapes in JSON can make six bytes of one. */
const longestBodyBytes = 8 * 1_048_576;

/** CloudWatch Logs: JSON 1.1, all operations at `POST /`, told apart by `X-Amz-Target`. */
export function logsRoutes(telemetry: TelemetryService, authenticate: Authenticate): Route[] {
  return [
    {
      method: 'POST',
      path: '/',
      handle: (request) => perform(telemetry, authenticate, request).catch(answerError),
    },
  ];
}

async function perform(
  telemetry: TelemetryService,
  authenticate: Authenticate,
  { id, message }: HttpRequest,
): Promise<HttpResponse> {
  const target = message.headers['x-amz-target'];
  if (typeof target !== 'string' || !target.startsWith(targetPrefix)) {
    throw new ServiceError('UnknownOperationException', 'No operation has this target.');
  }
  const { caller, verifyBody } = await authenticate(message, 'logs');
  const body = await readBody(
    message,
    longestBodyBytes,
    () => new ServiceError('RequestEntityTooLargeException', 'The request is too large.'),
  );
  verifyBody(body);
  const input = parseJsonObject(body);
  const operation = target.slice(targetPrefix.length);
  if (operation === 'StartLiveTail') return startLiveTail(telemetry, caller, input, id);
  return jsonAnswer(200, await telemetry.call(`logs.${operation}`, caller, input));
}

function jsonAnswer(status: number, value: unknown): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(value),
  };
}

/** Every error of the client is a 400 in this protocol; its name is a member of the body. */
function answerError(error: unknown): HttpResponse {
  if (error instanceof AwsFault) {
    return jsonAnswer(400, { ...error.details, __type: error.code, message: error.message });
  }
  const serviceError = toServiceError(error);
  if (serviceError.fault === 'Service') throw serviceError;
  return jsonAnswer(400, { __type: serviceError.code, message: serviceError.message });
}
