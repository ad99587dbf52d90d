/** Errors of the CloudWatch APIs that a client can cause. */
export type FaultCode =
  | 'InvalidNextToken'
  | 'InvalidParameterException'
  | 'InvalidParameterCombination'
  | 'InvalidParameterValue'
  | 'LimitExceededException'
  | 'MalformedQueryException'
  | 'MissingParameter'
  | 'ResourceAlreadyExistsException'
  | 'ResourceNotFoundException'
  | 'SerializationException'
  | 'UnknownOperationException'
  | 'ValidationException';

/** An error meant for the client of CloudWatch's APIs; its message is public. */
export class AwsFault extends Error {
  override readonly name = 'AwsFault';
  readonly code: FaultCode;
  /** Further members of the error's body. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: FaultCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
