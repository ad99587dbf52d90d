import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame, type Frame, FrameReader, frameType, LinkError, maxResponseBytes } from './frames.ts';

/** Types whose frames have a body. */
const withBody = [frameType.initError, frameType.response, frameType.error, frameType.log];

function read(reader: FrameReader, ...chunks: Buffer[]): Frame[] {
  return chunks.flatMap((chunk) => [...reader.push(chunk)]);
}

/** The first nine bytes of a frame that promises so much. */
function prelude(type: number, headerBytes: number, bodyBytes: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt32BE((5 + headerBytes + bodyBytes) % 2 ** 32, 0);
  bytes.writeUInt8(type, 4);
  bytes.writeUInt32BE(headerBytes, 5);
  return bytes;
}

test('frames come out as they went in, wherever the stream is cut', () => {
  const frame = fc.record({
    type: fc.constantFrom(...withBody),
    header: fc.dictionary(
      fc.string().filter((name) => name !== '__proto__'),
      fc.jsonValue(),
      { maxKeys: 5 },
    ),
    body: fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes)),
  });
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 5 }), fc.array(fc.nat(4000)), (frames, cuts) => {
      let rest = Buffer.concat(frames.flatMap(({ type, header, body }) => encodeFrame(type, header, body)));
      const chunks: Buffer[] = [];
      for (const cut of cuts) {
        chunks.push(rest.subarray(0, cut));
        rest = rest.subarray(cut);
      }
      const expected = frames.map(({ header, ...others }) => ({
        ...others,
        header: JSON.parse(JSON.stringify(header)),
      }));
      expect(read(new FrameReader(), ...chunks, rest)).toEqual(expected);
    }),
  );
});

test('whatever arrives, the reader gives frames or a link error', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 100 })), (chunks) => {
      try {
        read(new FrameReader(), ...chunks.map((chunk) => Buffer.from(chunk)));
      } catch (error) {
        expect(error).toBeInstanceOf(LinkError);
      }
    }),
  );
});

test.each([
  ['a type that nobody sends', prelude(99, 2, 0)],
  ['a type that only the worker sends', prelude(frameType.invoke, 2, 0)],
  ['a length below its own prelude', Buffer.from([0, 0, 0, 1, frameType.log, 0, 0, 0, 0])],
  ['a header longer than the frame', Buffer.from([0, 0, 0, 7, frameType.log, 0, 0, 1, 0])],
  ['a header over the limit', prelude(frameType.log, 17_000, 0)],
  ['a body over the limit of its type', prelude(frameType.response, 2, maxResponseBytes + 1)],
  ['a body where none belongs', prelude(frameType.ready, 2, 1)],
  ['a header that is no JSON', Buffer.concat([prelude(frameType.log, 2, 0), Buffer.from('{{')])],
  ['a header that is a list', Buffer.concat([prelude(frameType.log, 2, 0), Buffer.from('[]')])],
  ['a header that is null', Buffer.concat([prelude(frameType.log, 4, 0), Buffer.from('null')])],
])('%s is refused before its body is collected', (_what, bytes) => {
  expect(() => read(new FrameReader(), bytes)).toThrow(LinkError);
});

test('the largest response is accepted', () => {
  const body = Buffer.alloc(maxResponseBytes, 'x');
  const [frame] = read(new FrameReader(), ...encodeFrame(frameType.response, {}, body));
  expect(frame?.body.equals(body)).toBe(true);
});
