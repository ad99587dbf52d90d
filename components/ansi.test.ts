import { expect, test } from 'vitest';
import { parseAnsi } from './ansi.ts';

const esc = '\x1b';

test('colours and weight become styles, and end where they are reset', () => {
  expect(parseAnsi(`a ${esc}[1;31mred${esc}[0m b ${esc}[92mgreen${esc}[39m c`)).toEqual([
    { text: 'a ' },
    { text: 'red', bold: true, colour: 1 },
    { text: ' b ' },
    { text: 'green', colour: 2 },
    { text: ' c', colour: undefined },
  ]);
});

test('256 colours and true colours do not swallow what follows', () => {
  expect(parseAnsi(`${esc}[38;5;196;1mx`)).toEqual([{ text: 'x', bold: true, colour: undefined }]);
  expect(parseAnsi(`${esc}[38;2;1;31;32;1mx`)).toEqual([{ text: 'x', bold: true }]);
});

test('cursor movement, titles and links are dropped', () => {
  const text = `${esc}[2J${esc}[1;1Ha${esc}]0;title\x07b${esc}]8;;https://evil.example${esc}\\c${esc}Md`;
  expect(
    parseAnsi(text)
      .map((run) => run.text)
      .join(''),
  ).toBe('abcd');
});

test('a sequence that never ends is dropped', () => {
  for (const end of [`${esc}`, `${esc}[31`, `${esc}]0;title`])
    expect(parseAnsi(`a${end}`)).toEqual([{ text: 'a' }]);
});

test('characters that hide or reorder text become visible', () => {
  expect(parseAnsi('a\u202eb\x00c')).toEqual([{ text: 'a\\u202eb\\u0000c' }]);
  expect(parseAnsi('tab\there')).toEqual([{ text: 'tab\there' }]);
});

test('a long line of escapes is read in linear time', () => {
  const line = `${esc}]`.repeat(20_000);
  expect(parseAnsi(line)).toEqual([]);
});
