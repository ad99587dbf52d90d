import type {
  CreateLogGroupRequest,
  DeleteLogGroupRequest,
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  LogGroup as LogGroupDescription,
} from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { JsonObject } from '../../../core/caller.ts';
import {
  choice,
  list,
  maxLength,
  minLength,
  pattern,
  structure,
  text,
  unsupported,
} from '../../../core/model.ts';
import { AwsFault } from '../aws-fault.ts';
import type { Scope } from '../operations.ts';
import { pageOf } from '../page.ts';
import { readInput } from '../read-input.ts';
import type { LogGroup } from '../store/log-catalogue.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { findLogGroup, logGroupArn } from './log-group-names.ts';
import { describeLimit, groupIdentifier, groupName, tags, token } from './members.ts';

const groupClass = choice(['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY']);

const createModel = structure<CreateLogGroupRequest>()({
  logGroupName: groupName(),
  kmsKeyId: unsupported(z.string(), () => false),
  tags: tags().optional(),
  logGroupClass: unsupported(groupClass, (value) => value === 'STANDARD'),
  deletionProtectionEnabled: unsupported(z.boolean(), (value) => !value),
});

/** CreateLogGroup. @throws AwsFault ResourceAlreadyExistsException */
export async function createLogGroup(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<object> {
  const { logGroupName, tags: given } = readInput(createModel, input);
  if (logGroupName.startsWith('aws/')) {
    throw new AwsFault('InvalidParameterException', "Log groups starting with 'aws/' are reserved for AWS.");
  }
  const refuse = () => {
    if (!store.catalogue.find(scope, logGroupName)) return;
    throw new AwsFault('ResourceAlreadyExistsException', 'The specified log group already exists');
  };
  refuse();
  await store.change(async (writer) => {
    refuse();
    await store.catalogue.create(writer, scope, logGroupName, store.now(), given);
  });
  return {};
}

const deleteModel = structure<DeleteLogGroupRequest>()({ logGroupName: groupName() });

/** DeleteLogGroup; its lines are invisible at once and gone from disk soon. */
export async function deleteLogGroup(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<object> {
  const names = readInput(deleteModel, input);
  findLogGroup(store, scope, names);
  await store.change((writer) => store.catalogue.delete(writer, findLogGroup(store, scope, names)));
  return {};
}

const describeModel = structure<DescribeLogGroupsRequest>()({
  accountIdentifiers: unsupported(z.array(z.string()), (value) => value.length === 0),
  logGroupNamePrefix: groupName().optional(),
  logGroupNamePattern: text(maxLength(512), pattern('[\\.\\-_/#A-Za-z0-9]*')).optional(),
  nextToken: token().optional(),
  limit: describeLimit().optional(),
  includeLinkedAccounts: unsupported(z.boolean(), (value) => !value),
  logGroupClass: groupClass.optional(),
  logGroupIdentifiers: list([minLength(1), maxLength(2048)], { min: 1, max: 50 }).optional(),
});

/** DescribeLogGroups. */
export async function describeLogGroups(
  store: TelemetryStore,
  scope: Scope,
  input: JsonObject,
): Promise<DescribeLogGroupsResponse> {
  const request = readInput(describeModel, input);
  const { logGroupNamePrefix: prefix, logGroupNamePattern: part, logGroupIdentifiers } = request;
  if (prefix !== undefined && part !== undefined) {
    throw new AwsFault(
      'InvalidParameterException',
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    );
  }
  const only = logGroupIdentifiers?.map((identifier) => groupIdentifier().parse(identifier));
  const groups = store.catalogue
    .list(scope)
    .filter(({ name }) => name.startsWith(prefix ?? '') && name.includes(part ?? ''))
    .filter(({ name }) => !only || only.includes(name) || only.includes(logGroupArn(scope, name)))
    .filter(() => request.logGroupClass === undefined || request.logGroupClass === 'STANDARD');
  const { items, nextToken } = pageOf(groups, request.limit ?? 50, request.nextToken);
  return { logGroups: items.map(describe), nextToken };
}

function describe(group: LogGroup): LogGroupDescription {
  const arn = logGroupArn(group, group.name);
  return {
    logGroupName: group.name,
    creationTime: group.createdAt,
    retentionInDays: group.retentionDays,
    metricFilterCount: 0,
    arn: `${arn}:*`,
    storedBytes: group.storedBytes,
    logGroupClass: 'STANDARD',
    logGroupArn: arn,
    deletionProtectionEnabled: false,
  };
}
