/**
 * Types that the editor completes with: what a Node.js function gets from the runtime. Written for this console;
 * the names are those that code outside it uses as well.
 */
export const lambdaTypes = `
declare module 'aws-lambda' {
  /** What the runtime tells about the invocation and the execution environment. */
  interface Context {
    /** Name of the function. */
    functionName: string;
    /** \`$LATEST\`, or the number of the version that runs. */
    functionVersion: string;
    /** ARN by which it was invoked, with the alias or version if one was named. */
    invokedFunctionArn: string;
    /** Memory of the function in MB, as text. */
    memoryLimitInMB: string;
    /** Id of this invocation; the same in its log lines and in the caller's answer. */
    awsRequestId: string;
    logGroupName: string;
    logStreamName: string;
    /** Set when a mobile client says who it is. */
    identity?: { cognitoIdentityId: string; cognitoIdentityPoolId: string };
    /** What the caller passed in \`ClientContext\`. */
    clientContext?: { client?: Record<string, string>; custom?: Record<string, unknown>; env?: Record<string, string>; Custom?: unknown };
    /** False answers as soon as a callback is called, instead of waiting for the event loop to be empty. */
    callbackWaitsForEmptyEventLoop: boolean;
    /** Milliseconds left before the timeout. */
    getRemainingTimeInMillis(): number;
  }

  type Callback<TResult = any> = (error?: Error | string | null, result?: TResult) => void;

  /** A function: it returns its result or a promise of it, or calls \`callback\`. */
  type Handler<TEvent = any, TResult = any> = (event: TEvent, context: Context, callback: Callback<TResult>) => void | Promise<TResult> | TResult;

  /** A request as function URLs and HTTP APIs send it (payload format 2.0). */
  interface APIGatewayProxyEventV2 {
    version: string;
    routeKey: string;
    rawPath: string;
    rawQueryString: string;
    cookies?: string[];
    /** Names in lower case; repeated headers joined by commas. */
    headers: Record<string, string | undefined>;
    queryStringParameters?: Record<string, string | undefined>;
    pathParameters?: Record<string, string | undefined>;
    stageVariables?: Record<string, string | undefined>;
    requestContext: {
      accountId: string;
      apiId: string;
      domainName: string;
      domainPrefix: string;
      http: { method: string; path: string; protocol: string; sourceIp: string; userAgent: string };
      requestId: string;
      routeKey: string;
      stage: string;
      time: string;
      timeEpoch: number;
      authorizer?: Record<string, unknown>;
    };
    body?: string;
    /** Whether \`body\` is base64. */
    isBase64Encoded: boolean;
  }

  /** An answer to such a request. Anything else that is returned becomes a JSON body with status 200. */
  interface APIGatewayProxyStructuredResultV2 {
    statusCode?: number;
    headers?: Record<string, string | number | boolean>;
    body?: string;
    isBase64Encoded?: boolean;
    cookies?: string[];
  }
  type APIGatewayProxyResultV2 = APIGatewayProxyStructuredResultV2 | string;
  type APIGatewayProxyHandlerV2 = Handler<APIGatewayProxyEventV2, APIGatewayProxyResultV2>;

  /** What a schedule or an event bus sends. */
  interface EventBridgeEvent<TType extends string = string, TDetail = any> {
    id: string;
    version: string;
    account: string;
    /** ISO 8601, UTC. */
    time: string;
    region: string;
    resources: string[];
    source: string;
    'detail-type': TType;
    detail: TDetail;
  }
  type ScheduledEvent<TDetail = any> = EventBridgeEvent<'Scheduled Event', TDetail>;
  type ScheduledHandler<TDetail = any> = Handler<ScheduledEvent<TDetail>, void>;

  interface SQSRecord {
    messageId: string;
    receiptHandle: string;
    body: string;
    attributes: Record<string, string>;
    messageAttributes: Record<string, { dataType: string; stringValue?: string; binaryValue?: string }>;
    md5OfBody: string;
    eventSource: string;
    eventSourceARN: string;
    awsRegion: string;
  }
  interface SQSEvent {
    Records: SQSRecord[];
  }
  /** Messages that failed and shall be delivered again, when the event source mapping reports failures one by one. */
  interface SQSBatchResponse {
    batchItemFailures: { itemIdentifier: string }[];
  }
  type SQSHandler = Handler<SQSEvent, SQSBatchResponse | void>;

  interface S3Event {
    Records: {
      eventName: string;
      eventTime: string;
      awsRegion: string;
      s3: {
        bucket: { name: string; arn: string };
        /** The key is URL-encoded, with + for spaces. */
        object: { key: string; size: number; eTag: string; versionId?: string; sequencer: string };
      };
    }[];
  }
  type S3Handler = Handler<S3Event, void>;
}

declare const process: {
  /** The function's environment variables and the runtime's own. */
  env: Record<string, string | undefined> & {
    AWS_REGION: string;
    AWS_LAMBDA_FUNCTION_NAME: string;
    AWS_LAMBDA_FUNCTION_VERSION: string;
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: string;
    LAMBDA_TASK_ROOT: string;
  };
  readonly version: string;
  readonly versions: Record<string, string>;
  readonly arch: string;
  readonly platform: string;
  cwd(): string;
  uptime(): number;
  memoryUsage(): { rss: number; heapTotal: number; heapUsed: number; external: number };
  nextTick(callback: (...values: any[]) => void, ...values: any[]): void;
  on(event: string, listener: (...values: any[]) => void): void;
};

declare class Buffer extends Uint8Array {
  static from(data: string | ArrayBuffer | readonly number[] | Uint8Array, encoding?: string): Buffer;
  static alloc(size: number): Buffer;
  static concat(parts: readonly Uint8Array[]): Buffer;
  static byteLength(text: string, encoding?: string): number;
  toString(encoding?: 'utf8' | 'base64' | 'base64url' | 'hex' | 'latin1'): string;
  equals(other: Uint8Array): boolean;
}

declare function require(name: string): any;
declare const module: { exports: any };
declare const exports: Record<string, any>;
declare const __dirname: string;
declare const __filename: string;
`;
