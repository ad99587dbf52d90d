/** Frame types of the link; docs/architecture.md describes them. */
export const frameType = {
  init: 1,
  invoke: 2,
  started: 15,
  ready: 16,
  initError: 17,
  response: 18,
  error: 19,
  log: 20,
  invalidEvent: 21,
  streamStart: 22,
  chunk: 23,
} as const;

/** Largest result or error object of a function, in bytes (AWS: 6 MB and 100 bytes). */
export const maxResponseBytes = 6_291_556;
const lengthBytes = 4;
const preludeBytes = 9;
const maxHeaderBytes = 16 * 1024;
const maxLogBytes = 256 * 1024;
const maxChunkBytes = 256 * 1024;

/** What a runtime may send, and how long the body of each may be. */
const maxBodyBytes: ReadonlyMap<number, number> = new Map([
  [frameType.started, 0],
  [frameType.ready, 0],
  [frameType.initError, maxResponseBytes],
  [frameType.response, maxResponseBytes],
  [frameType.error, maxResponseBytes],
  [frameType.log, maxLogBytes],
  [frameType.invalidEvent, 0],
  [frameType.streamStart, 0],
  [frameType.chunk, maxChunkBytes],
]);

/** The other side broke the link's rules; its message says how, and nothing more can be read from the link. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
}

/** One frame from a runtime: its shape is checked, what it says is not. */
export interface Frame {
  type: number;
  header: Readonly<Record<string, unknown>>;
  body: Buffer;
}

/** @returns the frame's bytes, the body not copied. */
export function encodeFrame(type: number, header: object, body: Buffer): Buffer[] {
  const headerText = JSON.stringify(header);
  const headerBytes = Buffer.byteLength(headerText);
  const start = Buffer.allocUnsafe(preludeBytes + headerBytes);
  start.writeUInt32BE(preludeBytes - lengthBytes + headerBytes + body.length, 0);
  start.writeUInt8(type, 4);
  start.writeUInt32BE(headerBytes, 5);
  start.write(headerText, preludeBytes);
  return body.length === 0 ? [start] : [start, body];
}

/**
 * Cuts a byte stream into frames. Holds no more bytes than one largest frame, however much the sender announces:
 * memory is used as bytes arrive, not as lengths promise.
 */
export class FrameReader {
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** Bytes that must be there before the next step can be taken. */
  #needed = preludeBytes;

  /**
   * @returns the frames that `chunk` completes.
   * @throws LinkError; the reader is of no use afterwards.
   */
  *push(chunk: Buffer): Generator<Frame, void> {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (this.#bytes >= this.#needed) {
      const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
      const size = lengthBytes + checkedLength(bytes);
      if (bytes.length < size) {
        this.#chunks = [bytes];
        this.#needed = size;
        return;
      }
      const rest = bytes.subarray(size);
      this.#chunks = rest.length > 0 ? [rest] : [];
      this.#bytes = rest.length;
      this.#needed = preludeBytes;
      chunk = rest;
      yield parseFrame(bytes.subarray(0, size));
    }
  }
}

/** Checks the first nine bytes of a frame, so that a bad one is refused before its body is collected. */
function checkedLength(bytes: Buffer): number {
  const length = bytes.readUInt32BE(0);
  const type = bytes.readUInt8(4);
  const headerBytes = bytes.readUInt32BE(5);
  const maxBody = maxBodyBytes.get(type);
  if (maxBody === undefined) throw new LinkError(`Frame of unknown type ${type}.`);
  const bodyBytes = length - (preludeBytes - lengthBytes) - headerBytes;
  if (headerBytes > maxHeaderBytes || bodyBytes < 0 || bodyBytes > maxBody) {
    throw new LinkError(
      `Frame of type ${type} with a header of ${headerBytes} and a body of ${bodyBytes} bytes.`,
    );
  }
  return length;
}

function parseFrame(bytes: Buffer): Frame {
  const bodyStart = preludeBytes + bytes.readUInt32BE(5);
  let header: unknown;
  try {
    header = JSON.parse(bytes.toString('utf8', preludeBytes, bodyStart));
  } catch (cause) {
    throw new LinkError('Frame whose header is not JSON.', { cause });
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw new LinkError('Frame whose header is not a JSON object.');
  }
  return { type: bytes.readUInt8(4), header: header as Frame['header'], body: bytes.subarray(bodyStart) };
}
