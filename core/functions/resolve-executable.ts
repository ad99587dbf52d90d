import type { Function as FunctionRow } from '../../prisma/generated/client.ts';
import { chooseVersion, readRouting } from '../aliases/alias-routing.ts';
import { findAlias } from '../aliases/find-alias.ts';
import { type FunctionReference, functionArn, functionNotFound, parseFunctionName } from '../arn.ts';
import type { Caller } from '../caller.ts';
import type { Core } from '../core.ts';
import { readFunctionLayers } from '../layers/function-layers.ts';
import { validate } from '../validation.ts';
import { versionName, versionNumber } from '../versions/version-name.ts';
import { readEnvironment } from './environment-variables.ts';
import type { ExecutableFunction } from './executable-function.ts';
import { defaultLogGroup } from './function-configuration.ts';
import { readSettled } from './lifecycle.ts';
import { functionReferenceModel } from './models.ts';

export interface ResolvedExecutable {
  executable: ExecutableFunction;
  /** The ARN as the client named it, with its qualifier if it gave one. */
  invokedFunctionArn: string;
}

/** The common case, of which nothing needs to be checked further. */
const PLAIN_NAME = /^[a-zA-Z0-9-_]{1,64}$/;

/**
 * What to run for a function name, ARN or partial ARN; an alias with a routing configuration chooses anew every time.
 * Synchronous, without a database call, once the function
 * is known in memory; a promise the first time and after a change.
 * @throws ServiceError ValidationException, InvalidParameterValueException, ResourceNotFoundException,
 *   AccessDeniedException.
 */
export function resolveExecutable(
  core: Core,
  caller: Caller,
  functionName: string,
  qualifier?: string,
): ResolvedExecutable | Promise<ResolvedExecutable> {
  if (qualifier !== undefined || !PLAIN_NAME.test(functionName)) {
    validate(functionReferenceModel, { FunctionName: functionName, Qualifier: qualifier });
  }
  const reference = parseFunctionName(core, caller, 'lambda:InvokeFunction', functionName, qualifier);
  const { qualifier: asked = '$LATEST' } = reference;
  const invokedFunctionArn = functionArn(reference, reference.qualifier);
  const routing = core.functions.routing(reference.functionArn, asked);
  const version = routing ? chooseVersion(routing, core.random()) : asked;
  const executable = core.functions.executable(reference.functionArn, version);
  if (executable) return { executable, invokedFunctionArn };
  return load(core, reference, version).then((loaded) => ({ executable: loaded, invokedFunctionArn }));
}

/** In line with changes of the function, so that what is remembered is never older than the database. */
function load(core: Core, reference: FunctionReference, asked: string): Promise<ExecutableFunction> {
  return core.functions.exclusively(reference.functionArn, async () => {
    const version = versionNumber(asked) === undefined ? await routeAlias(core, reference, asked) : asked;
    const known = core.functions.executable(reference.functionArn, version);
    if (known) return known;
    // Lambda names the version that it looked for, only here.
    const named = { ...reference, qualifier: reference.qualifier ?? '$LATEST' };
    const row = await readSettled(core, named, versionNumber(version));
    await core.codeStore.unpack(row.codeSha256);
    const executable = await describeExecutable(core, reference.functionArn, row);
    core.functions.remember(executable);
    return executable;
  });
}

/** The version for one invocation by an alias that is not known in memory yet. */
async function routeAlias(core: Core, reference: FunctionReference, name: string): Promise<string> {
  const alias = await findAlias(core, reference, name);
  if (!alias) throw functionNotFound(reference);
  const routing = readRouting(alias);
  core.functions.rememberRouting(reference.functionArn, name, routing);
  return chooseVersion(routing, core.random());
}

async function describeExecutable(core: Core, arn: string, row: FunctionRow): Promise<ExecutableFunction> {
  const layers = readFunctionLayers(row);
  return {
    accountId: row.accountId,
    region: row.region,
    functionName: row.name,
    functionArn: arn,
    version: versionName(row.version),
    revisionId: row.revisionId,
    runtime: row.runtime,
    handler: row.handler,
    codeDirectory: core.codeStore.directory(row.codeSha256),
    codeFileCount: row.codeFileCount,
    layersDirectory: await core.codeStore.merge(layers.map(({ codeSha256 }) => codeSha256)),
    layersFileCount: layers.reduce((sum, { fileCount }) => sum + fileCount, 0),
    memoryMegabytes: row.memorySize,
    timeoutSeconds: row.timeout,
    ephemeralStorageMegabytes: row.ephemeralStorageSize,
    environmentVariables: readEnvironment(core, row) ?? {},
    logGroupName: defaultLogGroup(row.name),
  };
}
