import http from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Core } from '../../core/core.ts';
import { ServiceError } from '../../core/errors.ts';
import type { Engine } from '../engine/engine.ts';
import type { TelemetryService } from '../telemetry/telemetry.ts';
import { accountRoutes } from './accounts/account-routes.ts';
import { createAuthenticate } from './authenticate.ts';
import { answerBrokenRequest } from './broken-request.ts';
import { cborRoutes } from './cloudwatch/cbor-routes.ts';
import { jsonRoutes } from './cloudwatch/json-routes.ts';
import { answerOtherOrigins } from './cross-origin.ts';
import { errorResponse, toServiceError } from './error-response.ts';
import { createFunctionUrlHandler } from './function-urls/function-url-handler.ts';
import { invocationRoutes } from './invocation-routes.ts';
import { lambdaRoutes } from './lambda/lambda-routes.ts';
import { managementRoutes } from './management-routes.ts';
import { metricsRoute } from './metrics-route.ts';
import { queryRoutes } from './query/query-routes.ts';
import type { HttpResponse, Route } from './route.ts';
import { createSignIn } from './session/sign-in.ts';

/** How long clients may take, in milliseconds. */
export interface ApiTimeouts {
  /** Until the head of a request is complete. */
  headers: number;
  /** Until a request is complete, body included. */
  request: number;
  /** How often the two are checked. */
  interval: number;
}

export interface ApiOptions {
  core: Core;
  engine: Engine;
  telemetry: TelemetryService;
  /** Takes what clients must not see. */
  log: FastifyBaseLogger;
  /** Defaults: 30 s, 5 min, checked every 10 s. */
  timeouts?: ApiTimeouts;
}

/** The HTTP server: Lambda's API, the console's sign-in, and what is Hearth's own. */
export interface Api {
  /** For the link `<console>/setup?token=…`; undefined when there are users already. */
  setupToken: string | undefined;
  /** @returns the port, which matters when 0 was asked for. */
  listen(host: string, port: number): Promise<number>;
  /** Takes no more requests and waits for those in flight. Idempotent. */
  close(): Promise<void>;
}

/** Builds the server, listening to nothing yet. */
export async function createApi({ core, engine, telemetry, log, timeouts }: ApiOptions): Promise<Api> {
  const { headers, request, interval } = timeouts ?? { headers: 30_000, request: 300_000, interval: 10_000 };
  const signIn = await createSignIn(core, (text) => log.warn(text));
  const authenticate = createAuthenticate(core, signIn.sessions);
  let closing = false;
  const isClosing = () => closing;
  const answerFunctionUrl = createFunctionUrlHandler({ core, engine, authenticate, log, isClosing });
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => core.uuid(),
    exposeHeadRoutes: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16_384 },
    return503OnClosing: false,
    serverFactory: (answerRoute) =>
      http.createServer(
        {
          // SDKs keep connections for long; one that the server ends first can meet a request on its way.
          keepAliveTimeout: 75_000,
          requestTimeout: request,
          headersTimeout: headers,
          connectionsCheckingInterval: interval,
          requireHostHeader: false,
        },
        (message, response) => {
          // Before any routing: every path of a function URL's host is the function's.
          if (answerFunctionUrl(message, response) || answerOtherOrigins(message, response)) return;
          answerRoute(message, response);
        },
      ),
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, core.uuid()),
    frameworkErrors: (error, request, reply) => sendError(request, reply, frameworkError(error)),
  });
  // Routes read bodies themselves, after they know the sender, each to its own limit.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.setErrorHandler((error, request, reply) => sendError(request, reply, frameworkError(error)));
  app.setNotFoundHandler((request, reply) =>
    sendError(
      request,
      reply,
      new ServiceError('UnknownOperationException', 'No operation has this method and path.'),
    ),
  );

  app.addHook('onSend', (_request, reply, payload, done) => {
    // A connection that stays open after its answer would keep the server from closing.
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });

  const routes = [
    ...lambdaRoutes({ core, engine }, authenticate),
    ...managementRoutes(core, engine, authenticate),
    ...accountRoutes(core, signIn.users, authenticate),
    ...queryRoutes(core, authenticate),
    ...jsonRoutes(telemetry, authenticate),
    ...cborRoutes(telemetry, authenticate),
    ...invocationRoutes(telemetry, authenticate),
    metricsRoute(telemetry, core.accountId, core.region),
    ...signIn.routes,
  ];
  for (const [first, ...others] of Map.groupBy(routes, ({ method, path }) => `${method} ${path}`).values()) {
    if (!first) continue;
    app.route({
      method: first.method,
      url: first.path.replace(/\{(\w+)\}/g, ':$1'),
      handler: (request, reply) => {
        const meant = [first, ...others].find(({ accepts }) => accepts?.(request.raw) ?? true);
        return answer(meant ?? first, request, reply);
      },
    });
  }

  return {
    setupToken: signIn.setupToken,
    async listen(host, port) {
      await app.listen({ host, port });
      return (app.server.address() as AddressInfo).port;
    },
    close: () => {
      closing = true;
      return app.close();
    },
  };
}

async function answer(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  try {
    const { raw: message, id } = request;
    const question = request.url.indexOf('?');
    const response = await route.handle({
      id,
      message,
      parameters: request.params as Record<string, string>,
      query: new URLSearchParams(question < 0 ? '' : request.url.slice(question + 1)),
    });
    return send(request, reply, response);
  } catch (error) {
    return sendError(request, reply, error);
  }
}

function sendError(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const serviceError = toServiceError(error);
  if (serviceError.cause !== undefined && serviceError.fault === 'Service') {
    request.log.error(
      { err: serviceError.cause, requestId: request.id, path: request.url.split('?')[0] },
      serviceError.message,
    );
  }
  return send(request, reply, errorResponse(serviceError));
}

function send(request: FastifyRequest, reply: FastifyReply, response: HttpResponse): FastifyReply {
  reply.code(response.status).header('x-amzn-requestid', request.id);
  if (response.headers) reply.headers(response.headers);
  return reply.send(response.body);
}

/** Fastify's own refusals are of requests that are no good HTTP; whatever else reaches it is ours. */
function frameworkError(error: unknown): unknown {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status < 500
    ? new ServiceError(
        'InvalidRequestContentException',
        'The request is not valid: malformed path or headers.',
        { cause: error },
      )
    : error;
}
