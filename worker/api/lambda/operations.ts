import { createAlias } from '../../../core/aliases/create-alias.ts';
import { deleteAlias } from '../../../core/aliases/delete-alias.ts';
import { getAlias } from '../../../core/aliases/get-alias.ts';
import { listAliases } from '../../../core/aliases/list-aliases.ts';
import { updateAlias } from '../../../core/aliases/update-alias.ts';
import { deleteFunctionConcurrency } from '../../../core/concurrency/delete-function-concurrency.ts';
import { getFunctionConcurrency } from '../../../core/concurrency/get-function-concurrency.ts';
import { putFunctionConcurrency } from '../../../core/concurrency/put-function-concurrency.ts';
import { createFunctionUrlConfig } from '../../../core/function-urls/create-function-url-config.ts';
import { deleteFunctionUrlConfig } from '../../../core/function-urls/delete-function-url-config.ts';
import { getFunctionUrlConfig } from '../../../core/function-urls/get-function-url-config.ts';
import { listFunctionUrlConfigs } from '../../../core/function-urls/list-function-url-configs.ts';
import { updateFunctionUrlConfig } from '../../../core/function-urls/update-function-url-config.ts';
import { createFunction } from '../../../core/functions/create-function.ts';
import { deleteFunction } from '../../../core/functions/delete-function.ts';
import { getAccountSettings } from '../../../core/functions/get-account-settings.ts';
import { getFunction } from '../../../core/functions/get-function.ts';
import { getFunctionCodeSigningConfig } from '../../../core/functions/get-function-code-signing-config.ts';
import { getFunctionConfiguration } from '../../../core/functions/get-function-configuration.ts';
import { getFunctionRecursionConfig } from '../../../core/functions/get-function-recursion-config.ts';
import { getRuntimeManagementConfig } from '../../../core/functions/get-runtime-management-config.ts';
import { listFunctions } from '../../../core/functions/list-functions.ts';
import { putFunctionRecursionConfig } from '../../../core/functions/put-function-recursion-config.ts';
import { putRuntimeManagementConfig } from '../../../core/functions/put-runtime-management-config.ts';
import { updateFunctionCode } from '../../../core/functions/update-function-code.ts';
import { updateFunctionConfiguration } from '../../../core/functions/update-function-configuration.ts';
import { deleteLayerVersion } from '../../../core/layers/delete-layer-version.ts';
import { getLayerVersion, getLayerVersionByArn } from '../../../core/layers/get-layer-version.ts';
import {
  addLayerVersionPermission,
  getLayerVersionPolicy,
  removeLayerVersionPermission,
} from '../../../core/layers/layer-version-permissions.ts';
import { listLayerVersions } from '../../../core/layers/list-layer-versions.ts';
import { listLayers } from '../../../core/layers/list-layers.ts';
import { publishLayerVersion } from '../../../core/layers/publish-layer-version.ts';
import { addPermission } from '../../../core/permissions/add-permission.ts';
import { getPolicy } from '../../../core/permissions/get-policy.ts';
import { removePermission } from '../../../core/permissions/remove-permission.ts';
import { listTags } from '../../../core/tags/list-tags.ts';
import { tagResource } from '../../../core/tags/tag-resource.ts';
import { untagResource } from '../../../core/tags/untag-resource.ts';
import { listVersionsByFunction } from '../../../core/versions/list-versions-by-function.ts';
import { publishVersion } from '../../../core/versions/publish-version.ts';
import type { Route } from '../route.ts';
import { type Action, jsonAction } from './action.ts';
import { invoke } from './invoke.ts';
import { invokeWithResponseStream } from './invoke-with-response-stream.ts';

/** One operation of Lambda. */
export interface Operation {
  name: string;
  method: Route['method'];
  /** Path with its parameters in braces, and the query parameter, if any, that tells it from another operation. */
  path: string;
  /** HTTP status of success. */
  status: number;
  /** Absent: not supported yet. */
  action?: Action;
  /** Members of the input that arrive in the query string, for supported operations. */
  queryMembers: readonly string[];
}

type Row = readonly [
  name: string,
  method: Route['method'],
  path: string,
  status: number,
  action?: Action,
  queryMembers?: readonly string[],
];

const layerFilters = ['CompatibleArchitecture', 'CompatibleRuntime', 'Marker', 'MaxItems'];

const rows: readonly Row[] = [
  [
    'AddLayerVersionPermission',
    'POST',
    '/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy',
    201,
    jsonAction(addLayerVersionPermission),
    ['RevisionId'],
  ],
  [
    'AddPermission',
    'POST',
    '/2015-03-31/functions/{FunctionName}/policy',
    201,
    jsonAction(addPermission),
    ['Qualifier'],
  ],
  [
    'CheckpointDurableExecution',
    'POST',
    '/2025-12-01/durable-executions/{DurableExecutionArn}/checkpoint',
    200,
  ],
  ['CreateAlias', 'POST', '/2015-03-31/functions/{FunctionName}/aliases', 201, jsonAction(createAlias)],
  ['CreateCapacityProvider', 'POST', '/2025-11-30/capacity-providers', 202],
  ['CreateCodeSigningConfig', 'POST', '/2020-04-22/code-signing-configs', 201],
  ['CreateEventSourceMapping', 'POST', '/2015-03-31/event-source-mappings', 202],
  ['CreateFunction', 'POST', '/2015-03-31/functions', 201, jsonAction(createFunction)],
  [
    'CreateFunctionUrlConfig',
    'POST',
    '/2021-10-31/functions/{FunctionName}/url',
    201,
    jsonAction(createFunctionUrlConfig),
    ['Qualifier'],
  ],
  [
    'DeleteAlias',
    'DELETE',
    '/2015-03-31/functions/{FunctionName}/aliases/{Name}',
    204,
    jsonAction(deleteAlias),
  ],
  ['DeleteCapacityProvider', 'DELETE', '/2025-11-30/capacity-providers/{CapacityProviderName}', 202],
  ['DeleteCodeSigningConfig', 'DELETE', '/2020-04-22/code-signing-configs/{CodeSigningConfigArn}', 204],
  ['DeleteEventSourceMapping', 'DELETE', '/2015-03-31/event-source-mappings/{UUID}', 202],
  // AWS's model says 200, AWS's server 204.
  [
    'DeleteFunction',
    'DELETE',
    '/2015-03-31/functions/{FunctionName}',
    204,
    jsonAction(deleteFunction),
    ['Qualifier'],
  ],
  [
    'DeleteFunctionCodeSigningConfig',
    'DELETE',
    '/2020-06-30/functions/{FunctionName}/code-signing-config',
    204,
  ],
  [
    'DeleteFunctionConcurrency',
    'DELETE',
    '/2017-10-31/functions/{FunctionName}/concurrency',
    204,
    jsonAction(deleteFunctionConcurrency),
  ],
  [
    'DeleteFunctionEventInvokeConfig',
    'DELETE',
    '/2019-09-25/functions/{FunctionName}/event-invoke-config',
    204,
  ],
  [
    'DeleteFunctionUrlConfig',
    'DELETE',
    '/2021-10-31/functions/{FunctionName}/url',
    204,
    jsonAction(deleteFunctionUrlConfig),
    ['Qualifier'],
  ],
  [
    'DeleteLayerVersion',
    'DELETE',
    '/2018-10-31/layers/{LayerName}/versions/{VersionNumber}',
    204,
    jsonAction(deleteLayerVersion),
  ],
  [
    'DeleteProvisionedConcurrencyConfig',
    'DELETE',
    '/2019-09-30/functions/{FunctionName}/provisioned-concurrency',
    204,
  ],
  ['DeleteResourcePolicy', 'DELETE', '/2026-07-09/resource-policy/{ResourceArn}', 204],
  ['GetAccountSettings', 'GET', '/2016-08-19/account-settings', 200, jsonAction(getAccountSettings)],
  ['GetAlias', 'GET', '/2015-03-31/functions/{FunctionName}/aliases/{Name}', 200, jsonAction(getAlias)],
  ['GetCapacityProvider', 'GET', '/2025-11-30/capacity-providers/{CapacityProviderName}', 200],
  ['GetCodeSigningConfig', 'GET', '/2020-04-22/code-signing-configs/{CodeSigningConfigArn}', 200],
  ['GetDurableExecution', 'GET', '/2025-12-01/durable-executions/{DurableExecutionArn}', 200],
  ['GetDurableExecutionHistory', 'GET', '/2025-12-01/durable-executions/{DurableExecutionArn}/history', 200],
  ['GetDurableExecutionState', 'GET', '/2025-12-01/durable-executions/{DurableExecutionArn}/state', 200],
  ['GetEventSourceMapping', 'GET', '/2015-03-31/event-source-mappings/{UUID}', 200],
  ['GetFunction', 'GET', '/2015-03-31/functions/{FunctionName}', 200, jsonAction(getFunction), ['Qualifier']],
  [
    'GetFunctionCodeSigningConfig',
    'GET',
    '/2020-06-30/functions/{FunctionName}/code-signing-config',
    200,
    jsonAction(getFunctionCodeSigningConfig),
  ],
  [
    'GetFunctionConcurrency',
    'GET',
    '/2019-09-30/functions/{FunctionName}/concurrency',
    200,
    jsonAction(getFunctionConcurrency),
  ],
  [
    'GetFunctionConfiguration',
    'GET',
    '/2015-03-31/functions/{FunctionName}/configuration',
    200,
    jsonAction(getFunctionConfiguration),
    ['Qualifier'],
  ],
  ['GetFunctionEventInvokeConfig', 'GET', '/2019-09-25/functions/{FunctionName}/event-invoke-config', 200],
  [
    'GetFunctionRecursionConfig',
    'GET',
    '/2024-08-31/functions/{FunctionName}/recursion-config',
    200,
    jsonAction(getFunctionRecursionConfig),
  ],
  ['GetFunctionScalingConfig', 'GET', '/2025-11-30/functions/{FunctionName}/function-scaling-config', 200],
  [
    'GetFunctionUrlConfig',
    'GET',
    '/2021-10-31/functions/{FunctionName}/url',
    200,
    jsonAction(getFunctionUrlConfig),
    ['Qualifier'],
  ],
  [
    'GetLayerVersion',
    'GET',
    '/2018-10-31/layers/{LayerName}/versions/{VersionNumber}',
    200,
    jsonAction(getLayerVersion),
  ],
  [
    'GetLayerVersionByArn',
    'GET',
    '/2018-10-31/layers?find=LayerVersion',
    200,
    jsonAction(getLayerVersionByArn),
    ['Arn'],
  ],
  [
    'GetLayerVersionPolicy',
    'GET',
    '/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy',
    200,
    jsonAction(getLayerVersionPolicy),
  ],
  [
    'GetPolicy',
    'GET',
    '/2015-03-31/functions/{FunctionName}/policy',
    200,
    jsonAction(getPolicy),
    ['Qualifier'],
  ],
  [
    'GetProvisionedConcurrencyConfig',
    'GET',
    '/2019-09-30/functions/{FunctionName}/provisioned-concurrency',
    200,
  ],
  ['GetResourcePolicy', 'GET', '/2026-07-09/resource-policy/{ResourceArn}', 200],
  [
    'GetRuntimeManagementConfig',
    'GET',
    '/2021-07-20/functions/{FunctionName}/runtime-management-config',
    200,
    jsonAction(getRuntimeManagementConfig),
    ['Qualifier'],
  ],
  ['Invoke', 'POST', '/2015-03-31/functions/{FunctionName}/invocations', 200, invoke, ['Qualifier']],
  ['InvokeAsync', 'POST', '/2014-11-13/functions/{FunctionName}/invoke-async', 202],
  [
    'InvokeWithResponseStream',
    'POST',
    '/2021-11-15/functions/{FunctionName}/response-streaming-invocations',
    200,
    invokeWithResponseStream,
    ['Qualifier'],
  ],
  [
    'ListAliases',
    'GET',
    '/2015-03-31/functions/{FunctionName}/aliases',
    200,
    jsonAction(listAliases),
    ['FunctionVersion', 'Marker', 'MaxItems'],
  ],
  ['ListCapacityProviders', 'GET', '/2025-11-30/capacity-providers', 200],
  ['ListCodeSigningConfigs', 'GET', '/2020-04-22/code-signing-configs', 200],
  ['ListDurableExecutionsByFunction', 'GET', '/2025-12-01/functions/{FunctionName}/durable-executions', 200],
  ['ListEventSourceMappings', 'GET', '/2015-03-31/event-source-mappings', 200],
  [
    'ListFunctionEventInvokeConfigs',
    'GET',
    '/2019-09-25/functions/{FunctionName}/event-invoke-config/list',
    200,
  ],
  [
    'ListFunctionUrlConfigs',
    'GET',
    '/2021-10-31/functions/{FunctionName}/urls',
    200,
    jsonAction(listFunctionUrlConfigs),
    ['Marker', 'MaxItems'],
  ],
  [
    'ListFunctionVersionsByCapacityProvider',
    'GET',
    '/2025-11-30/capacity-providers/{CapacityProviderName}/function-versions',
    200,
  ],
  [
    'ListFunctions',
    'GET',
    '/2015-03-31/functions',
    200,
    jsonAction(listFunctions),
    ['FunctionVersion', 'Marker', 'MasterRegion', 'MaxItems'],
  ],
  [
    'ListFunctionsByCodeSigningConfig',
    'GET',
    '/2020-04-22/code-signing-configs/{CodeSigningConfigArn}/functions',
    200,
  ],
  [
    'ListLayerVersions',
    'GET',
    '/2018-10-31/layers/{LayerName}/versions',
    200,
    jsonAction(listLayerVersions),
    layerFilters,
  ],
  ['ListLayers', 'GET', '/2018-10-31/layers', 200, jsonAction(listLayers), layerFilters],
  [
    'ListProvisionedConcurrencyConfigs',
    'GET',
    '/2019-09-30/functions/{FunctionName}/provisioned-concurrency?List=ALL',
    200,
  ],
  ['ListTags', 'GET', '/2017-03-31/tags/{Resource}', 200, jsonAction(listTags)],
  [
    'ListVersionsByFunction',
    'GET',
    '/2015-03-31/functions/{FunctionName}/versions',
    200,
    jsonAction(listVersionsByFunction),
    ['Marker', 'MaxItems'],
  ],
  [
    'PublishLayerVersion',
    'POST',
    '/2018-10-31/layers/{LayerName}/versions',
    201,
    jsonAction(publishLayerVersion),
  ],
  [
    'PublishVersion',
    'POST',
    '/2015-03-31/functions/{FunctionName}/versions',
    201,
    jsonAction(publishVersion),
  ],
  ['PutFunctionCodeSigningConfig', 'PUT', '/2020-06-30/functions/{FunctionName}/code-signing-config', 200],
  [
    'PutFunctionConcurrency',
    'PUT',
    '/2017-10-31/functions/{FunctionName}/concurrency',
    200,
    jsonAction(putFunctionConcurrency),
  ],
  ['PutFunctionEventInvokeConfig', 'PUT', '/2019-09-25/functions/{FunctionName}/event-invoke-config', 200],
  [
    'PutFunctionRecursionConfig',
    'PUT',
    '/2024-08-31/functions/{FunctionName}/recursion-config',
    200,
    jsonAction(putFunctionRecursionConfig),
  ],
  ['PutFunctionScalingConfig', 'PUT', '/2025-11-30/functions/{FunctionName}/function-scaling-config', 202],
  [
    'PutProvisionedConcurrencyConfig',
    'PUT',
    '/2019-09-30/functions/{FunctionName}/provisioned-concurrency',
    202,
  ],
  ['PutResourcePolicy', 'PUT', '/2026-07-09/resource-policy/{ResourceArn}', 200],
  [
    'PutRuntimeManagementConfig',
    'PUT',
    '/2021-07-20/functions/{FunctionName}/runtime-management-config',
    200,
    jsonAction(putRuntimeManagementConfig),
    ['Qualifier'],
  ],
  [
    'RemoveLayerVersionPermission',
    'DELETE',
    '/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId}',
    204,
    jsonAction(removeLayerVersionPermission),
    ['RevisionId'],
  ],
  [
    'RemovePermission',
    'DELETE',
    '/2015-03-31/functions/{FunctionName}/policy/{StatementId}',
    204,
    jsonAction(removePermission),
    ['Qualifier', 'RevisionId'],
  ],
  [
    'SendDurableExecutionCallbackFailure',
    'POST',
    '/2025-12-01/durable-execution-callbacks/{CallbackId}/fail',
    200,
  ],
  [
    'SendDurableExecutionCallbackHeartbeat',
    'POST',
    '/2025-12-01/durable-execution-callbacks/{CallbackId}/heartbeat',
    200,
  ],
  [
    'SendDurableExecutionCallbackSuccess',
    'POST',
    '/2025-12-01/durable-execution-callbacks/{CallbackId}/succeed',
    200,
  ],
  ['StopDurableExecution', 'POST', '/2025-12-01/durable-executions/{DurableExecutionArn}/stop', 200],
  ['TagResource', 'POST', '/2017-03-31/tags/{Resource}', 204, jsonAction(tagResource)],
  ['UntagResource', 'DELETE', '/2017-03-31/tags/{Resource}', 204, jsonAction(untagResource), ['tagKeys']],
  ['UpdateAlias', 'PUT', '/2015-03-31/functions/{FunctionName}/aliases/{Name}', 200, jsonAction(updateAlias)],
  ['UpdateCapacityProvider', 'PUT', '/2025-11-30/capacity-providers/{CapacityProviderName}', 202],
  ['UpdateCodeSigningConfig', 'PUT', '/2020-04-22/code-signing-configs/{CodeSigningConfigArn}', 200],
  ['UpdateEventSourceMapping', 'PUT', '/2015-03-31/event-source-mappings/{UUID}', 202],
  [
    'UpdateFunctionCode',
    'PUT',
    '/2015-03-31/functions/{FunctionName}/code',
    200,
    jsonAction(updateFunctionCode),
  ],
  [
    'UpdateFunctionConfiguration',
    'PUT',
    '/2015-03-31/functions/{FunctionName}/configuration',
    200,
    jsonAction(updateFunctionConfiguration),
  ],
  [
    'UpdateFunctionEventInvokeConfig',
    'POST',
    '/2019-09-25/functions/{FunctionName}/event-invoke-config',
    200,
  ],
  [
    'UpdateFunctionUrlConfig',
    'PUT',
    '/2021-10-31/functions/{FunctionName}/url',
    200,
    jsonAction(updateFunctionUrlConfig),
    ['Qualifier'],
  ],
];

/**
 * Every operation of Lambda's API of 2015-03-31, supported or not, by name. This is the list of what Hearth
 * supports: routes, refusals and docs/api.md are made from it.
 */
export const operations: readonly Operation[] = rows.map(
  ([name, method, path, status, action, queryMembers = []]) => ({
    name,
    method,
    path,
    status,
    action,
    queryMembers,
  }),
);
