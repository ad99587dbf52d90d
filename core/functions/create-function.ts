import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { type Function as FunctionRow, Prisma } from '../../prisma/generated/client.ts';
import { checkNewFunctionName, parseUnqualifiedName } from '../arn.ts';
import type { Caller, JsonObject } from '../caller.ts';
import type { Core } from '../core.ts';
import { written } from '../disk-full.ts';
import { ServiceError } from '../errors.ts';
import { checkPassRole } from '../iam/pass-role.ts';
import { checkTotalSize, resolveLayers } from '../layers/function-layers.ts';
import { limits } from '../limits.ts';
import { validate } from '../validation.ts';
import { takeSnapshot } from '../versions/snapshot.ts';
import { LATEST, versionName } from '../versions/version-name.ts';
import { packageColumns, requireZip } from './code-columns.ts';
import { sealEnvironment } from './environment-variables.ts';
import { describeFunction } from './function-configuration.ts';
import { checkArchitectures, checkTags, machineArchitecture, settingsColumns } from './function-settings.ts';
import { creating, settleSoon } from './lifecycle.ts';
import { createFunctionModel } from './models.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export async function createFunction(
  core: Core,
  caller: Caller,
  input: JsonObject,
): Promise<FunctionConfiguration> {
  const request = validate(createFunctionModel, input);
  const reference = parseUnqualifiedName(core, caller, 'lambda:CreateFunction', request.FunctionName);
  const { accountId, region, functionName } = reference;
  checkNewFunctionName(functionName);
  const { Role: role, Runtime: runtime, Handler: handler, Environment, Tags: tags = {} } = request;
  if (runtime === undefined || handler === undefined) {
    throw new ServiceError(
      'InvalidParameterValueException',
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  }
  const settings = settingsColumns(functionName, request);
  checkArchitectures(request.Architectures);
  checkTags(tags);
  await checkPassRole(core, accountId, role);
  const layers = await resolveLayers(core, caller, request.Layers ?? []);
  const zip = requireZip(request.Code.ZipFile);
  const name = { accountId, region, name: functionName, version: LATEST };
  const existing = await core.db.function.findUnique({ where: { accountId_region_name_version: name } });
  if (existing) throw alreadyExists(functionName);
  core.usage.checkRoom(name, zip.length);
  using stored = await core.codeStore.store(zip);
  checkTotalSize(core, stored, layers);
  const id = core.uuid();
  const latest: FunctionRow = {
    id,
    ...name,
    ...creating,
    ...packageColumns(stored),
    runtime,
    handler,
    role,
    description: settings.description ?? '',
    memorySize: settings.memorySize ?? limits.memoryMegabytes.default,
    timeout: settings.timeout ?? limits.timeoutSeconds.default,
    ephemeralStorageSize: settings.ephemeralStorageSize ?? limits.ephemeralStorageMegabytes.default,
    architecture: machineArchitecture,
    environment: Environment ? sealEnvironment(core, id, Environment.Variables ?? {}) : null,
    tags: JSON.stringify(tags),
    layers: JSON.stringify(layers),
    revisionId: core.uuid(),
    lastModified: new Date(core.clock.now()),
    lastVersion: 0,
    publishedConfigSha256: null,
    reservedConcurrency: null,
  };
  const snapshot = request.Publish ? takeSnapshot(core, latest) : undefined;
  const rows = snapshot ? [{ ...latest, ...snapshot.latest }, snapshot.version] : [latest];
  await written(core.db.function.createMany({ data: rows })).catch((error: unknown) => {
    const isDuplicate = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
    throw isDuplicate ? alreadyExists(functionName) : error;
  });
  core.usage.add(name, 1, rows.length * stored.codeSize);
  for (const row of rows) settleSoon(core, row);
  return snapshot
    ? describeFunction(core, snapshot.version, versionName(snapshot.version.version))
    : describeFunction(core, latest);
}

function alreadyExists(functionName: string): ServiceError {
  return new ServiceError('ResourceConflictException', `Function already exist: ${functionName}`);
}
