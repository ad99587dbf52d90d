import { type ErrorCode, ServiceError } from '../../core/errors.ts';
import { type HttpResponse, jsonResponse } from './route.ts';

/** Errors that AWS's front end answers before a service sees the request; their bodies have no `Type`. */
const withoutType: ReadonlySet<ErrorCode> = new Set([
  'AccessDeniedException',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'SerializationException',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'ValidationException',
]);

/** The answer that tells a client of an error, as REST-JSON services of AWS write it. */
export function errorResponse(error: ServiceError): HttpResponse {
  const body = {
    ...error.details,
    ...(withoutType.has(error.code) ? {} : { Type: error.fault }),
    [error.textMember]: error.message,
  };
  return jsonResponse(error.status, body, {
    'x-amzn-errortype': error.code,
    // In seconds; SDKs wait as long.
    ...(error.code === 'TooManyRequestsException' && { 'retry-after': '1' }),
  });
}

/** What the client may know of an error that nobody planned: nothing. */
export function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  return new ServiceError('ServiceException', 'The service encountered an internal error.', { cause: error });
}
