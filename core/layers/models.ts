import type {
  AddLayerVersionPermissionRequest,
  GetLayerVersionByArnRequest,
  GetLayerVersionRequest,
  LayerVersionContentInput,
  ListLayersRequest,
  ListLayerVersionsRequest,
  PublishLayerVersionRequest,
  RemoveLayerVersionPermissionRequest,
} from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { limits } from '../limits.ts';
import {
  blob,
  choice,
  choiceOf,
  list,
  maxLength,
  minLength,
  pathInteger,
  pattern,
  queryInteger,
  structure,
  text,
  unsupported,
} from '../model.ts';
import { organizationId, statementId } from '../permissions/models.ts';
import { runtimeNames } from '../runtimes.ts';
import { layerNamePattern, layerVersionArnPattern } from './layer-arn.ts';

const layerName = text(pattern(layerNamePattern), maxLength(140), minLength(1));
const isAbsent = () => false;
const architectures = ['x86_64', 'arm64'] as const;
const runtimes = runtimeNames as [string, ...string[]];

const page = { Marker: z.string().optional(), MaxItems: queryInteger({ min: 1, max: limits.layersPerPage }) };
const filter = {
  CompatibleArchitecture: choice(architectures).optional(),
  CompatibleRuntime: choice(runtimes).optional(),
};

export const publishLayerVersionModel = structure<PublishLayerVersionRequest>()({
  LayerName: layerName,
  Content: structure<LayerVersionContentInput>()({
    ZipFile: blob().optional(),
    S3Bucket: unsupported(z.string(), isAbsent),
    S3Key: unsupported(z.string(), isAbsent),
    S3ObjectVersion: unsupported(z.string(), isAbsent),
    S3ObjectStorageMode: unsupported(z.string(), isAbsent),
  }),
  Description: text(maxLength(256)).optional(),
  CompatibleArchitectures: list([choiceOf(architectures)], { max: 2 }).optional(),
  CompatibleRuntimes: list([choiceOf(runtimes)], { max: 15 }).optional(),
  LicenseInfo: text(maxLength(512)).optional(),
});

/** What GetLayerVersion, DeleteLayerVersion and GetLayerVersionPolicy name a version by. */
export const layerVersionModel = structure<GetLayerVersionRequest>()({
  LayerName: layerName,
  VersionNumber: pathInteger(),
});

export const getLayerVersionByArnModel = structure<GetLayerVersionByArnRequest>()({
  Arn: text(pattern(layerVersionArnPattern), maxLength(140), minLength(1)),
});

export const listLayersModel = structure<ListLayersRequest>()({ ...filter, ...page });

export const listLayerVersionsModel = structure<ListLayerVersionsRequest>()({
  LayerName: layerName,
  ...filter,
  ...page,
});

export const addLayerVersionPermissionModel = structure<AddLayerVersionPermissionRequest>()({
  LayerName: layerName,
  VersionNumber: pathInteger(),
  StatementId: statementId,
  Action: text(pattern('lambda:GetLayerVersion'), maxLength(22)),
  Principal: text(pattern('\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root')),
  OrganizationId: organizationId.optional(),
  RevisionId: z.string().optional(),
});

export const removeLayerVersionPermissionModel = structure<RemoveLayerVersionPermissionRequest>()({
  LayerName: layerName,
  VersionNumber: pathInteger(),
  StatementId: statementId,
  RevisionId: z.string().optional(),
});
