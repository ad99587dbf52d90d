import { StringDecoder } from 'node:string_decoder';

/** Longest log event made of a process's output, in bytes; longer lines become several. */
export const maxLineBytes = 256 * 1024;
const newline = 0x0a;

/** Cuts what a process writes into lines, in memory of at most one longest line. */
export class LineSplitter {
  readonly #emit: (line: string) => void;
  #decoder = new StringDecoder('utf8');
  #pieces: Buffer[] = [];
  #size = 0;

  /** @param emit receives each line with its end, and the pieces of an endless one without. */
  constructor(emit: (line: string) => void) {
    this.#emit = emit;
  }

  push(chunk: Buffer): void {
    for (let start = 0; start < chunk.length; ) {
      const room = start + maxLineBytes - this.#size;
      const end = chunk.subarray(0, room).indexOf(newline, start);
      if (end !== -1) {
        this.#keep(chunk.subarray(start, end));
        this.#cut(true);
        start = end + 1;
      } else {
        const stop = Math.min(room, chunk.length);
        this.#keep(chunk.subarray(start, stop));
        if (this.#size >= maxLineBytes) this.#cut(false);
        start = stop;
      }
    }
  }

  /** Emits what has no line end yet. */
  flush(): void {
    if (this.#size > 0) this.#cut(true);
  }

  #keep(piece: Buffer): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    this.#size += piece.length;
  }

  /** The decoder holds back the first bytes of a character that an endless line's cut went through. */
  #cut(atLineEnd: boolean): void {
    let text = this.#decoder.write(Buffer.concat(this.#pieces, this.#size));
    if (atLineEnd) text += `${this.#decoder.end()}\n`;
    this.#pieces = [];
    this.#size = 0;
    this.#emit(text);
  }
}
