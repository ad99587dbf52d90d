import { EventStreamCodec } from '@smithy/core/event-streams';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeStreamEvent } from './event-stream.ts';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString(),
  (text) => Buffer.from(text),
);

test('the SDK reads every message as it was meant', () => {
  fc.assert(
    fc.property(
      fc.record({
        kind: fc.constantFrom('event' as const, 'exception' as const),
        name: fc.string({ minLength: 1, maxLength: 50 }),
        contentType: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
        payload: fc.uint8Array({ maxLength: 2000 }),
      }),
      ({ payload, ...event }) => {
        const { headers, body } = codec.decode(
          encodeStreamEvent({ ...event, payload: Buffer.from(payload) }),
        );
        expect(headers).toEqual({
          ':message-type': { type: 'string', value: event.kind },
          [event.kind === 'event' ? ':event-type' : ':exception-type']: { type: 'string', value: event.name },
          ':content-type': { type: 'string', value: event.contentType },
        });
        expect(Buffer.from(body)).toEqual(Buffer.from(payload));
      },
    ),
  );
});
