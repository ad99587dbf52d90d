import { crc32 } from 'node:zlib';

const stringType = 7;

/**
 * One message of AWS's event-stream encoding, with a JSON payload.
 * https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export function encodeEvent(type: 'event' | 'exception', name: string, payload: unknown): Buffer {
  const headers = Buffer.concat([
    encodeHeader(':message-type', type),
    encodeHeader(type === 'event' ? ':event-type' : ':exception-type', name),
    encodeHeader(':content-type', 'application/json'),
  ]);
  const body = Buffer.from(JSON.stringify(payload));
  const prelude = Buffer.alloc(8);
  prelude.writeUInt32BE(headers.length + body.length + 16, 0);
  prelude.writeUInt32BE(headers.length, 4);
  const checked = Buffer.concat([prelude, checksum(prelude), headers, body]);
  return Buffer.concat([checked, checksum(checked)]);
}

function encodeHeader(name: string, value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([
    Buffer.from([Buffer.byteLength(name)]),
    Buffer.from(name),
    Buffer.from([stringType]),
    length,
    Buffer.from(value),
  ]);
}

function checksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return sum;
}
