import type { Cors, FunctionUrlAuthType, FunctionUrlConfig, InvokeMode } from '@aws-sdk/client-lambda';
import { functionArn } from '../arn.ts';
import type { Caller } from '../caller.ts';
import { ServiceError } from '../errors.ts';

/** The HTTP endpoint of a function or of one of its aliases; immutable, replaced on every change. */
export interface FunctionUrl {
  /** 32 lower-case letters and digits. */
  id: string;
  accountId: string;
  region: string;
  functionName: string;
  /** Undefined: of the function itself. */
  aliasName: string | undefined;
  authType: FunctionUrlAuthType;
  invokeMode: InvokeMode;
  cors: Cors | undefined;
  creationTime: Date;
  lastModifiedTime: Date;
}

/** Where the path form of every function URL begins, before its id. */
export const functionUrlPath = '/hearth/function-urls/';

/** The host name of a function URL, without a port. */
export function functionUrlHost({ id, region }: Pick<FunctionUrl, 'id' | 'region'>): string {
  return `${id}.lambda-url.${region}.localhost`;
}

/** A function URL as Lambda shows it. */
export function describeFunctionUrl(url: FunctionUrl, caller: Caller) {
  return {
    FunctionUrl: address(url, caller.apiOrigin),
    FunctionArn: functionArn(url, url.aliasName),
    AuthType: url.authType,
    ...(url.cors && { Cors: url.cors }),
    CreationTime: url.creationTime.toISOString(),
    LastModifiedTime: url.lastModifiedTime.toISOString(),
    InvokeMode: url.invokeMode,
  } satisfies FunctionUrlConfig;
}

/** By host name where that leads to this machine everywhere, by path for those who call from elsewhere. */
function address(url: FunctionUrl, apiOrigin: string): string {
  const local = /^(https?):\/\/(?:localhost|[^:/]+\.localhost|127(?:\.\d+){3}|\[::1\])(:\d+)?$/.exec(
    apiOrigin,
  );
  return local
    ? `${local[1]}://${functionUrlHost(url)}${local[2] ?? ''}/`
    : `${apiOrigin}${functionUrlPath}${url.id}/`;
}

/** The 404 of a function, or alias, that is to have a URL. */
export function functionMissing(): ServiceError {
  return new ServiceError('ResourceNotFoundException', 'Function does not exist');
}

/** The 404 of a URL. */
export function functionUrlMissing(): ServiceError {
  return new ServiceError('ResourceNotFoundException', 'The resource you requested does not exist.');
}
