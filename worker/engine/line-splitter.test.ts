import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter, maxLineBytes } from './line-splitter.ts';

function split(chunks: Buffer[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.flush();
  return lines;
}

test('text is cut at its line ends, wherever the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ''))),
      fc.array(fc.nat(50)),
      (lines, cuts) => {
        let rest = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const chunks: Buffer[] = [];
        for (const cut of cuts) {
          chunks.push(rest.subarray(0, cut));
          rest = rest.subarray(cut);
        }
        expect(split([...chunks, rest])).toEqual(lines.map((line) => `${line}\n`));
      },
    ),
  );
});

test('text without a line end is a line when it is flushed', () => {
  expect(split([Buffer.from('a\nb')])).toEqual(['a\n', 'b\n']);
});

test('an endless line becomes several, and no character is broken', () => {
  const text = `x${'€'.repeat(maxLineBytes)}`;
  const pieces = split([Buffer.from(text)]);
  expect(pieces).toHaveLength(4);
  for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(maxLineBytes + 4);
  expect(pieces.join('')).toBe(`${text}\n`);
});

test('bytes that are no text become replacement characters', () => {
  expect(split([Buffer.from([0xff, 0x00, 0x0a])])).toEqual(['\ufffd\u0000\n']);
});
