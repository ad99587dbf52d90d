import { crc32 } from 'node:zlib';

const stringType = 7;

/** One message of AWS's event streams. */
export interface StreamEvent {
  kind: 'event' | 'exception';
  /** Of the event or exception: `PayloadChunk`. */
  name: string;
  contentType: string;
  payload: Buffer;
}

/**
 * A message as bytes: lengths, their checksum, headers, payload, the checksum of all of it.
 * https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export function encodeStreamEvent({ kind, name, contentType, payload }: StreamEvent): Buffer {
  const headers = Buffer.concat([
    encodeHeader(':message-type', kind),
    encodeHeader(kind === 'event' ? ':event-type' : ':exception-type', name),
    encodeHeader(':content-type', contentType),
  ]);
  const message = Buffer.allocUnsafe(headers.length + payload.length + 16);
  message.writeUInt32BE(message.length, 0);
  message.writeUInt32BE(headers.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  headers.copy(message, 12);
  payload.copy(message, 12 + headers.length);
  const end = message.length - 4;
  message.writeUInt32BE(crc32(message.subarray(0, end)), end);
  return message;
}

function encodeHeader(name: string, value: string): Buffer {
  const bytes = Buffer.from(value);
  const start = Buffer.from([
    name.length,
    ...Buffer.from(name),
    stringType,
    bytes.length >> 8,
    bytes.length & 255,
  ]);
  return Buffer.concat([start, bytes]);
}
