/**
 * Every error that the API can return: AWS's code, its HTTP status, and the JSON member that carries the text
 * (Lambda spells it `message` in some errors and `Message` in others; clients read both).
 */
const catalogue = {
  AccessDeniedException: [403, 'Message'],
  CodeStorageExceededException: [400, 'message'],
  DeleteConflict: [409, 'message'],
  EntityAlreadyExists: [409, 'message'],
  ExpiredTokenException: [403, 'message'],
  IncompleteSignatureException: [403, 'message'],
  InvalidParameterValueException: [400, 'message'],
  InvalidRequestContentException: [400, 'message'],
  InvalidRuntimeException: [502, 'Message'],
  InvalidSignatureException: [403, 'message'],
  LimitExceeded: [409, 'message'],
  MalformedPolicyDocument: [400, 'message'],
  MissingAuthenticationTokenException: [403, 'message'],
  NoSuchEntity: [404, 'message'],
  NotImplementedException: [501, 'Message'],
  PolicyLengthExceededException: [400, 'message'],
  PreconditionFailedException: [412, 'message'],
  RequestEntityTooLargeException: [413, 'message'],
  RequestTimeoutException: [408, 'message'],
  RequestTooLargeException: [413, 'message'],
  ResourceConflictException: [409, 'message'],
  ResourceNotFoundException: [404, 'Message'],
  SerializationException: [400, 'Message'],
  ServiceException: [500, 'Message'],
  TooManyRequestsException: [429, 'message'],
  UnknownOperationException: [404, 'Message'],
  UnrecognizedClientException: [403, 'message'],
  UnsupportedMediaTypeException: [415, 'message'],
  ValidationException: [400, 'message'],
} as const satisfies Record<string, readonly [status: number, textMember: 'message' | 'Message']>;

export type ErrorCode = keyof typeof catalogue;

/** An error meant for the client. Its message is public; `cause` is for the server's own log only. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ErrorCode;
  /** HTTP status. */
  readonly status: number;
  /** Whose fault it is: `User` for 4xx, `Service` for 5xx. */
  readonly fault: 'User' | 'Service';
  readonly textMember: 'message' | 'Message';
  /** Further members of the body, such as `Reason`. */
  readonly details: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    [this.status, this.textMember] = catalogue[code];
    this.fault = this.status < 500 ? 'User' : 'Service';
    this.details = options.details ?? {};
  }
}
