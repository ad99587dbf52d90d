import { cbor, dateToTag } from '@smithy/core/cbor';
import type { JsonObject } from '../../../core/caller.ts';
import { ServiceError } from '../../../core/errors.ts';
import type { TelemetryService } from '../../telemetry/telemetry.ts';
import type { Authenticate } from '../authenticate.ts';
import type { HttpResponse, Route } from '../route.ts';
import { faultOf, readSigned } from './json-routes.ts';

const deepest = 16;
/** CBOR's tag of a time in seconds since the epoch. */
const timeTag = 1;

/** CloudWatch as the AWS CLI and botocore speak to it: Smithy RPC v2 with CBOR. */
export function cborRoutes(telemetry: TelemetryService, authenticate: Authenticate): Route[] {
  return [
    {
      method: 'POST',
      path: '/service/GraniteServiceVersion20100801/operation/{operation}',
      async handle(request) {
        try {
          const { caller, body } = await readSigned(authenticate, request, 'monitoring');
          const operation = `monitoring.${request.parameters.operation}`;
          return answer(200, await telemetry.call(operation, caller, decode(body)));
        } catch (error) {
          const { code, message } = faultOf(error);
          return answer(400, { __type: `com.amazonaws.cloudwatch#${code}`, message });
        }
      },
    },
  ];
}

function answer(status: number, value: unknown): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
    body: Buffer.from(cbor.serialize(withTags(value))),
  };
}

/** @throws ServiceError SerializationException */
function decode(body: Buffer): JsonObject {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = cbor.deserialize(body);
  } catch (cause) {
    throw new ServiceError('SerializationException', 'The body is no CBOR.', { cause });
  }
  const plain = withoutTags(value, 0);
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    throw new ServiceError('SerializationException', 'Start of structure or map expected.');
  }
  return plain as JsonObject;
}

function withTags(value: unknown): unknown {
  if (value instanceof Date) return dateToTag(value);
  if (Array.isArray(value)) return value.map(withTags);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTags(member)]));
}

/** Times as seconds, as in JSON. */
function withoutTags(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) throw new ServiceError('SerializationException', 'The body is nested too deeply.');
  if (Array.isArray(value)) return value.map((member) => withoutTags(member, depth + 1));
  if ('tag' in value && 'value' in value && Number(value.tag) === timeTag)
    return withoutTags(value.value, depth);
  const members = Object.entries(value).map(
    ([name, member]) => [name, withoutTags(member, depth + 1)] as const,
  );
  return Object.fromEntries(members);
}
