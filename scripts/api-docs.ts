/** `npm run docs:api`: writes docs/api.md from the table of operations and the models of their inputs. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import {
  aliasReferenceModel,
  createAliasModel,
  listAliasesModel,
  updateAliasModel,
} from '../core/aliases/models.ts';
import { functionConcurrencyModel, putFunctionConcurrencyModel } from '../core/concurrency/models.ts';
import {
  createFunctionUrlConfigModel,
  functionUrlReferenceModel,
  listFunctionUrlConfigsModel,
  updateFunctionUrlConfigModel,
} from '../core/function-urls/models.ts';
import {
  createFunctionModel,
  functionNameModel,
  functionReferenceModel,
  listFunctionsModel,
  putFunctionRecursionConfigModel,
  putRuntimeManagementConfigModel,
  updateFunctionCodeModel,
  updateFunctionConfigurationModel,
} from '../core/functions/models.ts';
import {
  addLayerVersionPermissionModel,
  getLayerVersionByArnModel,
  layerVersionModel,
  listLayersModel,
  listLayerVersionsModel,
  publishLayerVersionModel,
  removeLayerVersionPermissionModel,
} from '../core/layers/models.ts';
import { addPermissionModel, removePermissionModel } from '../core/permissions/models.ts';
import { listTagsModel, tagResourceModel, untagResourceModel } from '../core/tags/models.ts';
import { listVersionsByFunctionModel, publishVersionModel } from '../core/versions/models.ts';
import { iamService } from '../worker/api/iam/iam-service.ts';
import { type Operation, operations } from '../worker/api/lambda/operations.ts';
import type { QueryService } from '../worker/api/query/query-service.ts';
import { stsService } from '../worker/api/sts/sts-service.ts';

export const apiDocsFile = path.join(import.meta.dirname, '../docs/api.md');

interface Members {
  taken: string[];
  /** Refused, unless the value asks for nothing. */
  refused: string[];
}

const none: Members = { taken: [], refused: [] };

/** By operation; a supported one that is missing here fails the rendering. */
const inputs: Readonly<Record<string, Members>> = {
  CreateAlias: membersOf(createAliasModel),
  DeleteAlias: membersOf(aliasReferenceModel),
  GetAlias: membersOf(aliasReferenceModel),
  ListAliases: membersOf(listAliasesModel),
  UpdateAlias: membersOf(updateAliasModel),
  AddLayerVersionPermission: membersOf(addLayerVersionPermissionModel),
  AddPermission: membersOf(addPermissionModel),
  CreateFunction: membersOf(createFunctionModel),
  CreateFunctionUrlConfig: membersOf(createFunctionUrlConfigModel),
  DeleteFunction: membersOf(functionReferenceModel),
  DeleteFunctionConcurrency: membersOf(functionConcurrencyModel),
  GetFunctionConcurrency: membersOf(functionConcurrencyModel),
  ListTags: membersOf(listTagsModel),
  PutFunctionConcurrency: membersOf(putFunctionConcurrencyModel),
  TagResource: membersOf(tagResourceModel),
  UntagResource: membersOf(untagResourceModel),
  DeleteFunctionUrlConfig: membersOf(functionUrlReferenceModel),
  DeleteLayerVersion: membersOf(layerVersionModel),
  GetAccountSettings: none,
  GetFunction: membersOf(functionReferenceModel),
  GetFunctionCodeSigningConfig: membersOf(functionNameModel),
  GetFunctionConfiguration: membersOf(functionReferenceModel),
  GetFunctionRecursionConfig: membersOf(functionNameModel),
  GetFunctionUrlConfig: membersOf(functionUrlReferenceModel),
  GetRuntimeManagementConfig: membersOf(functionReferenceModel),
  PutFunctionRecursionConfig: membersOf(putFunctionRecursionConfigModel),
  PutRuntimeManagementConfig: membersOf(putRuntimeManagementConfigModel),
  GetLayerVersion: membersOf(layerVersionModel),
  GetLayerVersionByArn: membersOf(getLayerVersionByArnModel),
  GetLayerVersionPolicy: membersOf(layerVersionModel),
  GetPolicy: membersOf(functionReferenceModel),
  Invoke: {
    taken: ['FunctionName', 'Qualifier', 'InvocationType', 'LogType', 'ClientContext', 'Payload'],
    refused: ['InvocationType Event', 'TenantId', 'DurableExecutionName'],
  },
  InvokeWithResponseStream: {
    taken: ['FunctionName', 'Qualifier', 'InvocationType', 'LogType', 'ClientContext', 'Payload'],
    refused: ['TenantId'],
  },
  ListFunctionUrlConfigs: membersOf(listFunctionUrlConfigsModel),
  ListFunctions: membersOf(listFunctionsModel),
  ListLayers: membersOf(listLayersModel),
  ListLayerVersions: membersOf(listLayerVersionsModel),
  ListVersionsByFunction: membersOf(listVersionsByFunctionModel),
  PublishLayerVersion: membersOf(publishLayerVersionModel),
  PublishVersion: membersOf(publishVersionModel),
  RemoveLayerVersionPermission: membersOf(removeLayerVersionPermissionModel),
  RemovePermission: membersOf(removePermissionModel),
  UpdateFunctionCode: membersOf(updateFunctionCodeModel),
  UpdateFunctionConfiguration: membersOf(updateFunctionConfigurationModel),
  UpdateFunctionUrlConfig: membersOf(updateFunctionUrlConfigModel),
};

/** The text of docs/api.md. */
export function renderApiDocs(): string {
  const supported = operations.filter(({ action }) => action);
  const missing = operations.filter(({ action }) => !action);
  return `# The API

<!-- Written by \`npm run docs:api\` from worker/api/lambda/operations.ts and the models of core/. -->

Hearth speaks AWS Lambda's own REST-JSON protocol, version 2015-03-31, on its API port, so the AWS SDKs, the AWS CLI, Terraform and SAM work unchanged once they are told the endpoint. Requests are signed with Signature Version 4 for the service \`lambda\` and the server's region, in the Authorization header or as a presigned URL.

What Hearth does not do it refuses: an operation that is not there yet with \`NotImplementedException\` (501), a member that is not honoured yet with \`InvalidParameterValueException\` (400); both name it. A member whose value asks for nothing (\`TracingConfig\` \`PassThrough\`, an empty \`VpcConfig\`, an empty list) is accepted.

## Supported operations

| operation | request | members | refused |
|---|---|---|---|
${supported.map(describeSupported).join('\n')}

## Operations that are refused

${missing.map(({ name }) => `\`${name}\``).join(', ')}.

## Function URLs

A function URL is \`http://<id>.lambda-url.<region>.localhost:<port>/\`, on the API port; browsers and \`curl\` lead every name below \`localhost\` to the machine itself. Clients that cannot resolve it, and other machines, use \`/hearth/function-urls/<id>/\` on any name of the server, which is also what they are told as \`FunctionUrl\`; pages that a function serves there are sandboxed by a Content-Security-Policy, because they share an origin with the API. Events and answers have payload format 2.0.

As on Lambda, AuthType \`NONE\` lets nobody in by itself: the function's resource policy must allow the principal \`*\` both \`lambda:InvokeFunctionUrl\` (with \`FunctionUrlAuthType\` \`NONE\`) and \`lambda:InvokeFunction\` (with \`InvokedViaFunctionUrl\`). AuthType \`AWS_IAM\` takes requests that are signed for the service \`lambda\`. The console's session cookies never reach a function, and count for nothing at a function URL.

## Layers

Packages come in the request (\`Content.ZipFile\`). A function's layers are merged in order at \`/opt\`, read only, where the runtimes look for libraries as on Lambda (\`/opt/nodejs/node_modules\`, \`/opt/python\`, \`/opt/ruby\`, \`/opt/bin\`, \`/opt/lib\`). External extensions in \`/opt/extensions\` are not started yet. Functions with layers need the sandbox.

## STS and IAM

At \`POST /\`, in AWS's query protocol, signed for \`sts\` or \`iam\` with the server's region or us-east-1: ${operationsOf(stsService)} of STS, and ${operationsOf(iamService)} of IAM.

Roles are stored and shown, so that tools can make the role that a function names. **Their policies grant in name only**: nothing evaluates them yet, and functions get no credentials from them. By default a function may name any well-formed role ARN; \`HEARTH_CHECK_PASS_ROLE=1\` wants the role to exist and to trust \`lambda.amazonaws.com\`. Every ARN of an AWS-managed policy can be attached.

## Hearth's own paths

| request | who | answer |
|---|---|---|
| \`GET /hearth/health\` | anybody | \`{"status":"ok"}\` |
| \`GET /hearth/isolation\` | signed, or signed in | what protects this machine from the functions it runs |
| \`GET /hearth/code/{token}\` | whoever has the link | a package, as GetFunction's \`Code.Location\` names it, for 10 minutes |
| \`GET /hearth/accounts\` | administrators of the server | \`{accounts: [{accountId, name, createdAt}]}\` |
| \`POST /hearth/accounts\` | administrators of the server | \`{accountId?, name}\` makes an account; without an id it gets a new one |
| \`GET /hearth/users?accountId=\` | administrators | \`{users: [{name, accountId, arn, role, disabled, createdAt}]}\` of one account |
| \`POST /hearth/users\` | administrators | \`{name, password, role?, accountId?}\` makes a user; \`role\` is \`user\` or \`admin\` |
| \`PUT /hearth/users/{name}\` | administrators | \`{password?, disabled?}\`; disabling ends sessions and deactivates access keys |
| \`DELETE /hearth/users/{name}\` | administrators | removes the user and its access keys |
| \`GET /hearth/users/{name}/access-keys\` | administrators | \`{accessKeys: [{accessKeyId, active, createdAt}]}\` |
| \`POST /hearth/users/{name}/access-keys\` | administrators | a new key pair; the secret is told this once |
| \`PUT /hearth/users/{name}/access-keys/{accessKeyId}\` | administrators | \`{active}\` |
| \`DELETE /hearth/users/{name}/access-keys/{accessKeyId}\` | administrators | removes the key |
| \`GET /auth/setup\` | anybody | \`{"open":true}\` while the first administrator can be made |
| \`POST /auth/setup\` | whoever has the token of the one-time link | \`{token, name, password}\` makes the first administrator and signs in |
| \`POST /auth/sign-in/username\` | anybody, ten times a minute | \`{username, password}\` begins a session, in a cookie |
| \`POST /auth/sign-out\` | signed in | ends the session |
| \`GET /auth/me\` | signed in | \`{name, role, accountId, region, arn}\` |

An administrator is the root of an account or a user with the role \`admin\`, and manages that account; those of the configured account (\`HEARTH_ACCOUNT_ID\`) are the server's and manage all. A user's name belongs to one account only, because one signs in by it. Within an account every key may do everything: identity policies are not evaluated yet. Other accounts may do what the resource policies of functions and layer versions allow, and nothing else.

A session's cookie takes the place of a signature on every path. Requests by cookie other than GET and HEAD must come from the console's own pages, by their \`Origin\`. Passwords have 8 to 128 characters.
`;
}

function describeSupported({ name, method, path: template }: Operation): string {
  const members = inputs[name];
  if (!members) throw new Error(`The members of ${name} are missing in scripts/api-docs.ts.`);
  const code = (names: string[]) => names.map((member) => `\`${member}\``).join(', ');
  return `| ${name} | \`${method} ${template}\` | ${code(members.taken)} | ${code(members.refused)} |`;
}

function operationsOf({ operations: supported }: QueryService): string {
  return Object.keys(supported)
    .map((name) => `\`${name}\``)
    .join(', ');
}

function membersOf(model: z.ZodType): Members {
  const members: Members = { taken: [], refused: [] };
  for (const [name, member] of Object.entries(shapeOf(model))) {
    if (member.meta()?.unsupported) {
      members.refused.push(name);
      continue;
    }
    members.taken.push(name);
    members.refused.push(...membersOf(member).refused.map((inner) => `${name}.${inner}`));
  }
  return members;
}

function shapeOf(model: z.ZodType): Readonly<Record<string, z.ZodType>> {
  if (model instanceof z.ZodOptional) return shapeOf(model.unwrap() as z.ZodType);
  return model instanceof z.ZodObject ? (model.shape as Record<string, z.ZodType>) : {};
}

if (import.meta.main) await writeFile(apiDocsFile, renderApiDocs());
