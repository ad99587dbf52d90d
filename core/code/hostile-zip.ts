/** For tests: makes of an honest zip one that its own tools would never write. */
export class HostileZip {
  readonly bytes: Buffer<ArrayBuffer>;

  constructor(zip: Buffer) {
    this.bytes = Buffer.from(zip);
  }

  /** Replaces a name by another of the same length, everywhere; a character is a byte. */
  rename(from: string, to: string): this {
    const name = Buffer.from(from, 'latin1');
    for (let at = this.bytes.indexOf(name); at !== -1; at = this.bytes.indexOf(name, at + 1)) {
      this.bytes.write(to, at, 'latin1');
    }
    return this;
  }

  /** Sets bits of the general purpose flag of entry `index`, such as 1 for encrypted. */
  flag(index: number, bits: number): this {
    const at = this.#directoryEntry(index) + 8;
    this.bytes.writeUInt16LE(this.bytes.readUInt16LE(at) | bits, at);
    return this;
  }

  /** Makes entry `index` claim another compression method. */
  method(index: number, method: number): this {
    this.bytes.writeUInt16LE(method, this.#directoryEntry(index) + 10);
    return this;
  }

  /** Makes entry `index` claim another size once it is inflated. */
  claimSize(index: number, size: number): this {
    this.bytes.writeUInt32LE(size, this.#directoryEntry(index) + 24);
    return this;
  }

  /** Makes entry `index` share the data of entry `other`. */
  overlap(index: number, other: number): this {
    const from = this.#directoryEntry(other);
    const to = this.#directoryEntry(index);
    // Checksum, sizes and offset.
    this.bytes.copy(this.bytes, to + 16, from + 16, from + 28);
    this.bytes.copy(this.bytes, to + 42, from + 42, from + 46);
    return this;
  }

  /** Changes a byte of the data of the only file. */
  corrupt(): this {
    const start = 30 + this.bytes.readUInt16LE(26) + this.bytes.readUInt16LE(28);
    this.bytes[start + 3] = (this.bytes[start + 3] ?? 0) ^ 0xff;
    return this;
  }

  #directoryEntry(index: number): number {
    let at = this.bytes.indexOf('PK\u0001\u0002', 0, 'latin1');
    for (let i = 0; i < index; i++) at = this.bytes.indexOf('PK\u0001\u0002', at + 1, 'latin1');
    return at;
  }
}
