import type { Core } from '../../../core/core.ts';
import { type ErrorCode, ServiceError } from '../../../core/errors.ts';
import type { Authenticate } from '../authenticate.ts';
import { readBody } from '../body.ts';
import { toServiceError } from '../error-response.ts';
import { iamService } from '../iam/iam-service.ts';
import type { HttpRequest, HttpResponse, Route } from '../route.ts';
import { readSignature } from '../sigv4/request-signature.ts';
import { stsService } from '../sts/sts-service.ts';
import { parseQueryForm } from './query-form.ts';
import type { QueryService } from './query-service.ts';
import { toXml } from './xml.ts';

const services = [iamService, stsService];

/** A policy document of 128 Ki characters, each of which percent-encoding can make nine bytes of. */
const longestBodyBytes = 2 * 1_048_576;

/** IAM and STS: forms at `POST /`, told apart by the service that the signature is for. */
export function queryRoutes(core: Core, authenticate: Authenticate): Route[] {
  return [
    {
      method: 'POST',
      path: '/',
      accepts: ({ headers }) => /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? ''),
      async handle(request) {
        let service: QueryService = stsService;
        try {
          service = serviceOf(request);
          return await perform(core, authenticate, service, request);
        } catch (error) {
          return answerError(service, error, request.id);
        }
      },
    },
  ];
}

function serviceOf({ message }: HttpRequest): QueryService {
  const signature = readSignature(message);
  const service = services.find(({ name }) => name === signature?.service);
  if (service) return service;
  throw signature
    ? new ServiceError('UnknownOperationException', `Hearth does not have the service ${signature.service}.`)
    : new ServiceError('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
}

async function perform(
  core: Core,
  authenticate: Authenticate,
  service: QueryService,
  { id, message }: HttpRequest,
): Promise<HttpResponse> {
  const { caller, verifyBody } = await authenticate(message, service.name);
  const body = await readBody(
    message,
    longestBodyBytes,
    () => new ServiceError('RequestEntityTooLargeException', 'The request is too large.'),
  );
  verifyBody(body);
  const { Action: action, Version: version, ...input } = parseQueryForm(body.toString());
  const name = String(action);
  const operation = Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
  if (!operation || version !== service.version) {
    throw new ServiceError(
      'UnknownOperationException',
      `Hearth does not have the operation ${name} of version ${String(version)}. It has ${Object.keys(service.operations).join(', ')}.`,
    );
  }
  const result = await operation(core, caller, input);
  return xmlResponse(200, service, `${name}Response`, {
    ...(result !== undefined && { [`${name}Result`]: result }),
    ResponseMetadata: { RequestId: id },
  });
}

function xmlResponse(
  status: number,
  { namespace }: QueryService,
  element: string,
  content: object,
): HttpResponse {
  const body = Buffer.from(`<${element} xmlns="${namespace}">${toXml(content)}</${element}>`);
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

/** Where the query protocol has another name, or another status, for an error. */
const queryErrors: { readonly [Code in ErrorCode]?: readonly [code: string, status: number] } = {
  AccessDeniedException: ['AccessDenied', 403],
  ExpiredTokenException: ['ExpiredToken', 403],
  IncompleteSignatureException: ['IncompleteSignature', 400],
  InvalidParameterValueException: ['InvalidInput', 400],
  InvalidSignatureException: ['SignatureDoesNotMatch', 403],
  MissingAuthenticationTokenException: ['MissingAuthenticationToken', 403],
  SerializationException: ['MalformedInput', 400],
  ServiceException: ['ServiceFailure', 500],
  UnknownOperationException: ['InvalidAction', 400],
  UnrecognizedClientException: ['InvalidClientTokenId', 403],
  ValidationException: ['ValidationError', 400],
};

function answerError(service: QueryService, error: unknown, requestId: string): HttpResponse {
  const serviceError = toServiceError(error);
  // What nobody planned is logged on its way out.
  if (serviceError.cause !== undefined && serviceError.fault === 'Service') throw serviceError;
  const [code, status] = queryErrors[serviceError.code] ?? [serviceError.code, serviceError.status];
  return xmlResponse(status, service, 'ErrorResponse', {
    Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: serviceError.message },
    RequestId: requestId,
  });
}
