import type {
  Cors,
  CreateFunctionUrlConfigRequest,
  GetFunctionUrlConfigRequest,
  ListFunctionUrlConfigsRequest,
} from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { functionName } from '../functions/models.ts';
import {
  choice,
  choiceOf,
  integer,
  list,
  maxLength,
  minLength,
  pattern,
  queryInteger,
  structure,
  text,
} from '../model.ts';

const qualifier = text(pattern('((?!^\\d+$)^[0-9a-zA-Z-_]+$)'), maxLength(128), minLength(1)).optional();
const headers = list([maxLength(1024), minLength(0)], { max: 100 }).optional();

const cors = structure<Cors>()({
  AllowCredentials: z.boolean().optional(),
  AllowHeaders: headers,
  AllowMethods: list([choiceOf(['GET', 'PUT', 'HEAD', 'POST', 'PATCH', 'DELETE', '*'])], {
    max: 6,
  }).optional(),
  AllowOrigins: list([maxLength(253), minLength(1)], { max: 100 }).optional(),
  ExposeHeaders: headers,
  MaxAge: integer({ min: 0, max: 86_400 }).optional(),
}).optional();

/** What GetFunctionUrlConfig and DeleteFunctionUrlConfig name a URL by. */
export const functionUrlReferenceModel = structure<GetFunctionUrlConfigRequest>()({
  FunctionName: functionName,
  Qualifier: qualifier,
});

const settings = { Cors: cors, InvokeMode: choice(['BUFFERED', 'RESPONSE_STREAM']).optional() };

export const createFunctionUrlConfigModel = structure<CreateFunctionUrlConfigRequest>()({
  FunctionName: functionName,
  Qualifier: qualifier,
  AuthType: choice(['NONE', 'AWS_IAM']),
  ...settings,
});

export const updateFunctionUrlConfigModel = structure<CreateFunctionUrlConfigRequest>()({
  FunctionName: functionName,
  Qualifier: qualifier,
  AuthType: choice(['NONE', 'AWS_IAM']).optional(),
  ...settings,
});

export const listFunctionUrlConfigsModel = structure<ListFunctionUrlConfigsRequest>()({
  FunctionName: functionName,
  Marker: z.string().optional(),
  MaxItems: queryInteger({ min: 1, max: 50 }),
});
