import { AwsFault } from '../aws-fault.ts';
import type { Scope } from '../operations.ts';
import type { LogGroup } from '../store/log-catalogue.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';

/** ARN of a group without the `:*` that AWS adds in some places. */
export function logGroupArn({ accountId, region }: Scope, name: string): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
}

/**
 * The group that a request names, by name or by an identifier, which is a name or an ARN.
 * @throws AwsFault ResourceNotFoundException, or ValidationException when both or neither are given.
 */
export function findLogGroup(
  store: TelemetryStore,
  scope: Scope,
  { logGroupName, logGroupIdentifier }: { logGroupName?: string; logGroupIdentifier?: string },
): LogGroup {
  if (logGroupName !== undefined && logGroupIdentifier !== undefined) {
    throw new AwsFault(
      'ValidationException',
      'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    );
  }
  const given = logGroupName ?? logGroupIdentifier;
  if (given === undefined) {
    throw new AwsFault('ValidationException', 'Either LogGroup name or LogGroup ARN must be specified.');
  }
  const name = logGroupName ?? nameOfIdentifier(scope, given);
  const group = name === undefined ? undefined : store.catalogue.find(scope, name);
  if (!group) throw noSuchGroup();
  return group;
}

function noSuchGroup(): AwsFault {
  return new AwsFault('ResourceNotFoundException', 'The specified log group does not exist.');
}

export function noSuchStream(): AwsFault {
  return new AwsFault('ResourceNotFoundException', 'The specified log stream does not exist.');
}

/** Undefined for an ARN of elsewhere. */
function nameOfIdentifier(scope: Scope, identifier: string): string | undefined {
  if (!identifier.startsWith('arn:')) return identifier;
  const prefix = logGroupArn(scope, '');
  return identifier.startsWith(prefix) ? identifier.slice(prefix.length).replace(/:\*$/, '') : undefined;
}
