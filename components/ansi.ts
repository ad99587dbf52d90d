/** A run of text in one style. */
export interface AnsiRun {
  text: string;
  /** 0–7: black, red, green, yellow, blue, magenta, cyan, white. */
  colour?: number;
  bold?: boolean;
  dim?: boolean;
}

// CSI (colours, cursor), OSC (titles, links), and the other two-character escapes; each ends, or is dropped at the end.
const sequence =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
  /\x1b(?:\[([0-?]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\|$)|[@-Z\\-_]|\[[0-?]*[ -/]*$|$)/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same
const invisible = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Splits a log line into runs of style. Only colour and weight are honoured; every other escape sequence is
 * dropped, and control characters, those that reorder text included, become visible.
 */
export function parseAnsi(line: string): AnsiRun[] {
  const runs: AnsiRun[] = [];
  let style: Omit<AnsiRun, 'text'> = {};
  let from = 0;
  const add = (to: number) => {
    const text = line
      .slice(from, to)
      .replace(invisible, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
    if (text !== '') runs.push({ text, ...style });
  };
  for (const match of line.matchAll(sequence)) {
    add(match.index);
    from = match.index + match[0].length;
    if (match[2] === 'm') style = applyCodes(style, (match[1] ?? '').split(';').map(Number));
  }
  add(line.length);
  return runs;
}

function applyCodes(before: Omit<AnsiRun, 'text'>, codes: readonly number[]): Omit<AnsiRun, 'text'> {
  let style = { ...before };
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    if (code === 0) style = {};
    else if (code === 1) style.bold = true;
    else if (code === 2) style.dim = true;
    else if (code === 22) style = { ...style, bold: undefined, dim: undefined };
    else if (code >= 30 && code <= 37) style.colour = code - 30;
    else if (code >= 90 && code <= 97) style.colour = code - 90;
    else if (code === 39) style.colour = undefined;
    else if (code === 38 || code === 48) {
      // 256 colours take one more parameter, true colour three: of the former the first 16 have names.
      const palette = codes[index + 2] ?? 16;
      if (code === 38 && codes[index + 1] === 5) style.colour = palette < 16 ? palette % 8 : undefined;
      index += codes[index + 1] === 5 ? 2 : 4;
    }
  }
  return style;
}
