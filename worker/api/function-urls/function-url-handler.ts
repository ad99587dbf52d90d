import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import type { Core } from '../../../core/core.ts';
import { ServiceError } from '../../../core/errors.ts';
import { type FunctionUrl, functionUrlPath } from '../../../core/function-urls/function-url.ts';
import { resolveExecutable } from '../../../core/functions/resolve-executable.ts';
import { limits } from '../../../core/limits.ts';
import type { Engine, InvokeRequest } from '../../engine/engine.ts';
import type { Authenticate } from '../authenticate.ts';
import { readBody } from '../body.ts';
import { errorResponse, toServiceError } from '../error-response.ts';
import { clientView } from '../forwarded.ts';
import { payloadTooLarge } from '../lambda/invoke.ts';
import { traceHeader } from '../lambda/trace-header.ts';
import type { HttpResponse } from '../route.ts';
import { readSignature } from '../sigv4/request-signature.ts';
import { mayUseFunctionUrl } from './url-authorization.ts';
import { isPreflight, preflightHeaders, responseHeaders } from './url-cors.ts';
import { type IamAuthorizer, urlEvent } from './url-event.ts';
import { BadFunctionResponse, readFunctionResponse } from './url-response.ts';
import { readStreamedResponse } from './url-stream.ts';

export interface FunctionUrlOptions {
  core: Core;
  engine: Engine;
  authenticate: Authenticate;
  log: FastifyBaseLogger;
  /** Whether the server waits for its connections to end. */
  isClosing(): boolean;
}

/** Where a request to a function URL leads. */
interface Destination {
  id: string;
  rawPath: string;
  rawQueryString: string;
  /** By path, below Hearth's own origin. */
  sharesOrigin: boolean;
}

const hostPattern = /^([a-z0-9]{32})\.lambda-url\./i;

/** Answers requests to function URLs; @returns false for every other request, which it leaves alone. */
export function createFunctionUrlHandler(options: FunctionUrlOptions) {
  return (message: IncomingMessage, response: ServerResponse): boolean => {
    const destination = findDestination(message);
    if (!destination) return false;
    const requestId = options.core.uuid();
    void answer(options, destination, message, requestId)
      .catch((error: unknown) => explain(options.log, error, requestId))
      .then((answered) => {
        if (options.isClosing()) response.shouldKeepAlive = false;
        send(message, response, destination, requestId, answered);
      });
    return true;
  };
}

function findDestination(message: IncomingMessage): Destination | undefined {
  const wire = message.url ?? '/';
  const question = wire.indexOf('?');
  const path = question < 0 ? wire : wire.slice(0, question);
  const rawQueryString = question < 0 ? '' : wire.slice(question + 1);
  const byHost = hostPattern.exec(message.headers.host ?? '')?.[1];
  if (byHost !== undefined) {
    return { id: byHost.toLowerCase(), rawPath: path, rawQueryString, sharesOrigin: false };
  }
  if (!path.startsWith(functionUrlPath)) return undefined;
  const rest = path.slice(functionUrlPath.length);
  const slash = rest.indexOf('/');
  return {
    id: slash < 0 ? rest : rest.slice(0, slash),
    rawPath: slash < 0 ? '/' : rest.slice(slash),
    rawQueryString,
    sharesOrigin: true,
  };
}

/** Preflight, authorization, body, invocation, answer. */
async function answer(
  { core, engine, authenticate }: FunctionUrlOptions,
  destination: Destination,
  message: IncomingMessage,
  requestId: string,
): Promise<HttpResponse> {
  const url = core.functionUrls.find(destination.id);
  if (!url) throw new ServiceError('ResourceNotFoundException', 'No function has this URL.');
  const { cors } = url;
  const { origin } = message.headers;
  if (cors && isPreflight(message)) return { status: 200, headers: preflightHeaders(cors, origin) };
  const { iam, verifyBody } = await authorize(core, authenticate, url, message);
  const body = await readBody(message, limits.requestBytes, payloadTooLarge);
  verifyBody(body);
  const client = clientView(message);
  const now = core.clock.now();
  const header = message.headers['x-amzn-trace-id'];
  const traceId = traceHeader(typeof header === 'string' ? header : undefined, now, core.uuid);
  const { rawPath, rawQueryString } = destination;
  const event = urlEvent({
    url,
    message,
    rawPath,
    rawQueryString,
    body,
    client,
    requestId,
    traceId,
    now,
    iam,
  });
  const payload = Buffer.from(JSON.stringify(event));
  if (payload.length > limits.requestBytes) throw payloadTooLarge(payload.length);
  const { accountId, region } = url;
  const owner = { accountId, region, arn: `arn:aws:iam::${accountId}:root` };
  const { endpoint, apiOrigin } = client;
  const { executable, invokedFunctionArn } = await resolveExecutable(
    core,
    { ...owner, endpoint, apiOrigin },
    url.functionName,
    url.aliasName,
  );
  const invocation = { requestId, executable, invokedFunctionArn, payload, traceId, tailLog: false };
  const invoke = url.invokeMode === 'BUFFERED' ? invokeBuffered : invokeStreamed;
  const { headers, ...answered } = await invoke(engine, invocation);
  return {
    ...answered,
    headers: { ...headers, ...(cors && responseHeaders(cors, origin)), 'x-amzn-trace-id': traceId },
  };
}

async function invokeBuffered(engine: Engine, invocation: InvokeRequest): Promise<HttpResponse> {
  const { payload, functionError } = await engine.invoke(invocation);
  if (functionError) throw new BadFunctionResponse('the function failed');
  return readFunctionResponse(payload);
}

async function invokeStreamed(engine: Engine, invocation: InvokeRequest): Promise<HttpResponse> {
  return readStreamedResponse(await engine.invokeWithResponseStream(invocation));
}

interface Authorized {
  iam: IamAuthorizer | undefined;
  /** @throws ServiceError InvalidSignatureException when the signature is not of this head and body. */
  verifyBody(body: Buffer): void;
}

/** A console session is no way in: a signature is, or AuthType NONE. */
async function authorize(
  core: Core,
  authenticate: Authenticate,
  url: FunctionUrl,
  message: IncomingMessage,
): Promise<Authorized> {
  if (url.authType === 'NONE') {
    if (!mayUseFunctionUrl(core, url, undefined)) throw forbidden();
    return { iam: undefined, verifyBody: () => {} };
  }
  const signature = readSignature(message);
  if (!signature) throw forbidden();
  const { caller, verifyBody } = await authenticate(message);
  if (!mayUseFunctionUrl(core, url, caller)) throw forbidden();
  const { accountId, arn } = caller;
  const isRoot = arn.endsWith(':root');
  const userId = isRoot ? accountId : (arn.split('/').at(-1) ?? accountId);
  const iam = {
    accessKey: signature.accessKeyId,
    accountId,
    callerId: userId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: arn,
    userId,
  };
  return { iam, verifyBody };
}

function forbidden(): ServiceError {
  return new ServiceError(
    'AccessDeniedException',
    'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  );
}

function explain(log: FastifyBaseLogger, error: unknown, requestId: string): HttpResponse {
  if (error instanceof BadFunctionResponse) {
    return { status: 502, headers: { 'content-type': 'text/plain' }, body: 'Internal Server Error' };
  }
  const serviceError = toServiceError(error);
  if (serviceError.cause !== undefined && serviceError.fault === 'Service') {
    log.error({ err: serviceError.cause, requestId }, serviceError.message);
  }
  return errorResponse(serviceError);
}

function send(
  message: IncomingMessage,
  response: ServerResponse,
  { sharesOrigin }: Destination,
  requestId: string,
  { status, headers = {}, body = '' }: HttpResponse,
): void {
  // What a refused client still sends is thrown away, so that the connection can be used again.
  message.resume();
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('x-amzn-requestid', requestId);
  if (sharesOrigin) {
    // A function's page must not act as a page of this server, whose session cookie the browser has.
    response.appendHeader('content-security-policy', 'sandbox allow-forms allow-popups allow-scripts');
  }
  if (!(body instanceof Readable)) response.end(body);
  // A response that breaks off ends its connection, by which the client knows; one whose client has gone is left.
  else pipeline(body, response, () => {});
}
